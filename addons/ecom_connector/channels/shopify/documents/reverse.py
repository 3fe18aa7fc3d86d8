"""What a seller says to a return: approved, declined, looked at."""

from .document import mutation, query

RETURN_TO_ANSWER = query(
    "ReturnToAnswer",
    320,
    """
query ReturnToAnswer($id: ID!) {
  return(id: $id) {
    id
    status
    returnLineItems(first: 50) {
      nodes {
        id
        quantity
        processedQuantity
        ... on ReturnLineItem { fulfillmentLineItem { id } }
      }
    }
    reverseFulfillmentOrders(first: 2) {
      nodes { id status lineItems(first: 50) { nodes { id totalQuantity fulfillmentLineItem { id } } } }
    }
  }
}
""",
)

APPROVE_RETURN = mutation(
    "ApproveReturn",
    """
mutation ApproveReturn($input: ReturnApproveRequestInput!) {
  returnApproveRequest(input: $input) { return { id status } userErrors { field message code } }
}
""",
)

DECLINE_RETURN = mutation(
    "DeclineReturn",
    """
mutation DeclineReturn($input: ReturnDeclineRequestInput!) {
  returnDeclineRequest(input: $input) { return { id status } userErrors { field message code } }
}
""",
)

CANCEL_RETURN = mutation(
    "CancelReturn",
    """
mutation CancelReturn($id: ID!) {
  returnCancel(id: $id) { return { id status } userErrors { field message code } }
}
""",
)

# Without a financial transfer: the units are taken back, no money moves.
PROCESS_RETURN = mutation(
    "ProcessReturn",
    """
mutation ProcessReturn($input: ReturnProcessInput!) {
  returnProcess(input: $input) { return { id status } userErrors { field message code } }
}
""",
)

ALL = (RETURN_TO_ANSWER, APPROVE_RETURN, DECLINE_RETURN, CANCEL_RETURN, PROCESS_RETURN)
