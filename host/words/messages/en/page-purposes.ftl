# Needs and purposes of apps, in our own words.

need-pay-less = Pay less
about-pay-less = Energy, phone, bank, insurance: what you pay, and what would suit you better.
need-money = Know where the money goes
about-money = Spending, prices, groceries.
need-travel = Weigh less, move better
about-travel = Carbon, trips, small steps.
need-papers = Keep papers in order
about-papers = Health, studies, contracts, and what is still missing.
need-research = Help research
about-research = Sums in which nobody can be recognised.
personalised-benefits = give you a personal result
personal-finance = show you where your money goes
service-comparison = compare what you pay with what would suit you better
energy-saving = show you your consumption and what it costs
carbon-footprint = estimate your carbon footprint
mobility = show you your trips and other ways to make them
health-summary = put your health record in order
education-summary = bring your studies together
record-management = keep your papers in order
research = contribute to research
# Everyday words, to search for an app.
words-energy = heating, electricity, gas, power, meter, bill, supplier, radiator, kilowatt-hour
words-comparison = bill, subscription, bank fees, account, card, overdraft, plan, mobile, phone, internet, supplier, electricity, switch, cheaper, savings
words-money = money, budget, spending, account, bank, groceries, supermarket, receipts, prices, salary, rent, taxes, savings
words-carbon = carbon, CO2, climate, ecology, planet, heating, car, pollution
words-travel = trips, transport, car, bike, train, bus, metro, walking, fuel, commute
words-health = health, insurance, doctor, prescription, medicines, vaccines, refunds, pharmacy, hospital
words-studies = studies, school, university, degrees, grades, courses, student loan, training
words-papers = papers, contracts, insurance, renewal, guarantees, documents, paperwork, taxes, tax notices
words-research = research, science, study, statistics, survey, general interest
