"""What a document would cost: an object is a point, a connection as many as are asked for, a mutation ten.

After Shopify's published rules. The real figure is said to be lower, so who keeps within this one keeps within that.
"""

import graphql

MUTATION, MOST = 10, 1000


def cost(document, variables):
    operation = next(node for node in document.definitions if isinstance(node, graphql.OperationDefinitionNode))
    fragments = {
        node.name.value: node for node in document.definitions if isinstance(node, graphql.FragmentDefinitionNode)
    }
    base = MUTATION if operation.operation == graphql.OperationType.MUTATION else 0
    changes = len(operation.selection_set.selections) if base else 1
    return base * changes + _selections(operation.selection_set, fragments, variables)


def _selections(selection_set, fragments, variables):
    total = 0
    for node in selection_set.selections if selection_set else ():
        if isinstance(node, graphql.FragmentSpreadNode):
            total += _selections(fragments[node.name.value].selection_set, fragments, variables)
        elif isinstance(node, graphql.InlineFragmentNode):
            total += _selections(node.selection_set, fragments, variables)
        elif node.selection_set:
            total += _field(node, fragments, variables)
    return total


def _field(node, fragments, variables):
    name, inside = node.name.value, _selections(node.selection_set, fragments, variables)
    if name in ("nodes", "pageInfo") or (node.alias and node.alias.value == "owner"):
        return inside if name == "nodes" and not _argument(node, "ids", variables) else _many(node, inside, variables)
    first = _argument(node, "first", variables)
    is_connection = any(
        getattr(part, "name", None) and part.name.value == "nodes" for part in node.selection_set.selections
    )
    if first and is_connection:
        return 2 + int(first) * (1 + inside)
    return 1 + inside


def _many(node, inside, variables):
    ids = _argument(node, "ids", variables)
    if ids:
        return len(ids) * (1 + inside)
    return 0 if node.name.value == "pageInfo" else 1 + inside


def _argument(node, name, variables):
    for argument in node.arguments or ():
        if argument.name.value == name:
            value = argument.value
            return (
                variables.get(value.name.value)
                if isinstance(value, graphql.VariableNode)
                else getattr(value, "value", None)
            )
    return None
