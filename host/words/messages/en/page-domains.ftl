# The domains of life.

money = Money
energy = Energy and water
travel = Travel
purchases = Purchases
phone = Phone
digital = Digital life
papers = Papers and household
health = Health

about-money = Bank, bills
about-energy = Electricity, gas, water
about-travel = Trips, tickets
about-purchases = Receipts, orders
about-phone = Calls, messages, internet
about-digital = Browsing, networks
about-papers = Contracts, household, school, documents
about-health = Care, refunds
