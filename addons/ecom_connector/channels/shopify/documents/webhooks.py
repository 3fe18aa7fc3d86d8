"""Our webhooks there."""

from .document import mutation, query

SUBSCRIPTIONS = query(
    "Subscriptions",
    120,
    """
query Subscriptions($after: String) {
  webhookSubscriptions(first: 50, after: $after) {
    nodes { id topic uri format includeFields apiVersion { handle } }
    pageInfo { hasNextPage endCursor }
  }
}
""",
)

SUBSCRIBE = mutation(
    "Subscribe",
    """
mutation Subscribe($topic: WebhookSubscriptionTopic!, $webhook: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $webhook) {
    webhookSubscription { id }
    userErrors { field message }
  }
}
""",
)

CHANGE_SUBSCRIPTION = mutation(
    "ChangeSubscription",
    """
mutation ChangeSubscription($id: ID!, $webhook: WebhookSubscriptionInput!) {
  webhookSubscriptionUpdate(id: $id, webhookSubscription: $webhook) {
    webhookSubscription { id }
    userErrors { field message }
  }
}
""",
)

ALL = (SUBSCRIPTIONS, SUBSCRIBE, CHANGE_SUBSCRIPTION)
