"""Fragments of orders that several documents use."""

MONEY = """
fragment Money on MoneyBag {
  presentmentMoney { amount currencyCode }
  shopMoney { amount currencyCode }
}
"""
TAX = """
fragment Tax on TaxLine { title rate ratePercentage channelLiable priceSet { ...Money } }
"""
ADDRESS = """
fragment Address on MailingAddress {
  firstName lastName name company address1 address2 city zip province provinceCode countryCodeV2 phone
}
"""
LINE = """
fragment Line on LineItem {
  id
  name
  title
  variantTitle
  sku
  quantity
  currentQuantity
  isGiftCard
  requiresShipping
  taxable
  variant { id barcode }
  product { id }
  customAttributes { key value }
  sellingPlan { name }
  lineItemGroup { id title }
  originalTotalSet { ...Money }
  discountAllocations { allocatedAmountSet { ...Money } }
  taxLines { ...Tax }
  duties { id price { ...Money } taxLines { ...Tax } }
}
"""
SHIPPING = """
fragment Shipping on ShippingLine {
  id
  title
  code
  source
  isRemoved
  originalPriceSet { ...Money }
  discountedPriceSet { ...Money }
  taxLines { ...Tax }
}
"""
PLACE = """
fragment Place on FulfillmentOrder {
  id
  status
  requestStatus
  fulfillBy
  assignedLocation { location { id isFulfillmentService } }
  fulfillmentHolds { id reason reasonNotes displayReason }
}
"""
TRANSACTION = """
fragment Transaction on OrderTransaction {
  id
  kind
  status
  gateway
  formattedGateway
  manualPaymentGateway
  test
  createdAt
  processedAt
  paymentId
  amountSet { ...Money }
  amountRoundingSet { ...Money }
  parentTransaction { id }
}
"""
# All of an order but what has pages of its own.
ORDER_FIELDS = """
  id
  name
  confirmationNumber
  poNumber
  sourceName
  sourceIdentifier
  checkoutToken
  createdAt
  processedAt
  updatedAt
  cancelledAt
  cancelReason
  closedAt
  confirmed
  test
  edited
  note
  tags
  email
  phone
  customerLocale
  currencyCode
  presentmentCurrencyCode
  taxesIncluded
  taxExempt
  dutiesIncluded
  displayFinancialStatus
  displayFulfillmentStatus
  fullyPaid
  returnStatus
  requiresShipping
  discountCodes
  paymentGatewayNames
  customAttributes { key value }
  billingAddress { ...Address }
  shippingAddress { ...Address }
  customer {
    id
    displayName
    tags
    locale
    defaultEmailAddress { emailAddress marketingState }
    defaultPhoneNumber { phoneNumber }
  }
  purchasingEntity {
    __typename
    ... on PurchasingCompany {
      company { id name externalId }
      location { id name externalId taxSettings { taxRegistrationId } }
    }
  }
  retailLocation { id name }
  publication { id }
  staffMember { id name }
  risk { recommendation assessments { riskLevel facts { description sentiment } } }
  totalPriceSet { ...Money }
  currentTotalPriceSet { ...Money }
  currentTotalTaxSet { ...Money }
  totalTipReceivedSet { ...Money }
  totalRefundedSet { ...Money }
  totalCashRoundingAdjustment { paymentSet { ...Money } }
  additionalFees { id name price { ...Money } taxLines { ...Tax } }
  fulfillmentsCount { count }
  refunds(first: 1) { id }
  parcelsTold: metafield(namespace: "odoo_ecom", key: "parcels") { value }
  transactions(first: 20) { ...Transaction }
  transactionsCount { count }
"""
ORDER = f"""
fragment Whole on Order {{
{ORDER_FIELDS}
  localizedFields(first: 5) {{ nodes {{ key title value purpose countryCode }} }}
  lineItems(first: $lines) {{ nodes {{ ...Line }} pageInfo {{ hasNextPage endCursor }} }}
  shippingLines(first: 3) {{ nodes {{ ...Shipping }} pageInfo {{ hasNextPage endCursor }} }}
  fulfillmentOrders(first: 3) {{ nodes {{ ...Place }} pageInfo {{ hasNextPage endCursor }} }}
}}
"""
