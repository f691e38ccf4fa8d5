//! Files whose entries are a text with values in it.

use super::Layout;

/// Layouts of formats that need no more than a text for each entry. What stands between « and » is a value of the entry
/// (see `Entry::value`); `«A|B»` is A, or B of an entry that the holder corrected.
pub(crate) const TEXTS: &[Layout] = &[
    Layout::of("green-button-customer-xml")
        .head(r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:c="http://naesb.org/espi/customer"><link rel="self" href="https://a.example/Batch/RetailCustomer/7"/>"#)
        .entry(r#"<entry><link href="https://a.example/RetailCustomer/7/Customer/«n»/CustomerAccount/9/CustomerAgreement/1«nn»" rel="self"/><content><c:CustomerAgreement><c:name>70000000«nn»</c:name><c:signDate>«epoch»</c:signDate></c:CustomerAgreement></content></entry>"#)
        .tail("</feed>"),
    Layout::of("green-button-sce-csv")
        .head("Energy Usage Information\n\"For location: CA EXAMPLE ST SAMPLE 90000\"\n\nMeter Reading Information\n\"Type of readings: Electricity\"\n\nDetailed Usage\n\"Start date: 2025-02-20 00:00:00  for 40 days\"\n\n\"Data for period starting: 2025-02-20 00:00:00  for 24 hours\"\nEnergy consumption time period,Usage(Real energy in kilowatt-hours),Reading quality\n")
        .entry("\"«day» «clock»:00 to «day» «then»:00\",\"«kwh»\",\"«Estimated|Actual»\"\n")
        .corrected(),
    Layout::of("enedis-csv")
        .head("Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite;Pas en minutes\n00000000000001;Courbe de charge;12/02/2025;13/02/2025;Energie active;Consommation;Comptage Brut;W;60\nHorodate;Valeur\n")
        .entry("«hour»;«amount»\n")
        .corrected(),
    Layout::of("enedis-data-connect-json")
        .head(r#"{"meter_reading": {"usage_point_id": "00000000000001", "start": "2025-02-20", "end": "2025-04-10", "quality": "BRUT", "reading_type": {"measurement_kind": "power", "unit": "W"}, "interval_reading": ["#)
        .entry(r#"{"value": "«amount»", "date": "«day» «clock»:00", "interval_length": "PT30M", "measure_type": "B"}"#)
        .between(",\n")
        .tail("]}}")
        .corrected(),
    Layout::of("enedis-sge-xml")
        .head(r#"<?xml version="1.0" ?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns3:consulterMesuresDetailleesResponse xmlns:ns3="http://www.enedis.fr/sge/b2b/services/consultationmesuresdetaillees/v2.0"><pointId>00000000000001</pointId><mesuresCorrigees>BRUT</mesuresCorrigees><grandeur><grandeurMetier>CONS</grandeurMetier><grandeurPhysique>PA</grandeurPhysique><unite>W</unite>"#)
        .entry("<mesure><v>«amount»</v><d>«hour»</d><p>PT30M</p><n>B</n></mesure>")
        .tail("</grandeur></ns3:consulterMesuresDetailleesResponse></soap:Body></soap:Envelope>")
        .corrected(),
    Layout::of("enedis-flow-xml")
        .head("<?xml version=\"1.0\"?><R50><En_Tete_Flux><Identifiant_Flux>R50</Identifiant_Flux><Pas_Publication>30</Pas_Publication></En_Tete_Flux><PRM><Id_PRM>00000000000001</Id_PRM>")
        .entry("<Donnees_Releve><Date_Releve>«day»</Date_Releve><PDC><H>«hour»</H><V>«amount»</V><IV>0</IV></PDC></Donnees_Releve>")
        .tail("</PRM></R50>")
        .corrected(),
    Layout::of("grdf-periods-json")
        .head("[")
        .entry(r#"{"time_period": "«dmy of its own»", "volume_m3": 2.5, "energy_kwh": «amount», "type": "Mesuré"}"#)
        .between(",")
        .tail("]")
        .corrected(),
    Layout::of("veolia-water-csv")
        .head("Date de relevé;Index relevé (litres);Consommation du jour (litres);Index Mesuré/Estimé\n")
        .entry("«day of its own» 19:00:00;20434«nn»;«amount»;«Estimé|Mesuré»\n")
        .columns(';')
        .corrected(),
    Layout::of("open-banking-uk-json")
        .head(r#"{"Data": {"Transaction": ["#)
        .entry(r#"{"AccountId": "22289", "TransactionId": "T«n»", "Amount": {"Amount": "«abs»", "Currency": "GBP"}, "CreditDebitIndicator": "Debit", "Status": "Booked", "BookingDateTime": "«at»", "TransactionInformation": "«said»"}"#)
        .between(",")
        .tail("]}}")
        .corrected(),
    Layout::of("berlin-group-json")
        .head(r#"{"account": {"iban": "FR7630004000031234567890143"}, "transactions": {"booked": ["#)
        .entry(r#"{"transactionId": "t«n»", "bookingDate": "«day»", "transactionAmount": {"currency": "EUR", "amount": "«price»"}, "creditorName": "«said»", "remittanceInformationUnstructured": "CB «label»"}"#)
        .between(",")
        .tail("]}}")
        .corrected(),
    Layout::of("midata-csv")
        .head("\"Account Number:\",\"****12345\"\n\n\"Date\",\"Type\",\"Merchant/Description\",\"Debit/Credit\",\"Balance\"\n")
        .entry("\"«dmy»\",\"Visa purchase\",\"«label»\",\"-£«abs»\",\"£1«nn».00\"\n")
        .tail("\n\"Arranged Overdraft Limit\",\"20/08/2025\",\"£100.00\"\n"),
    Layout::of("migros-cumulus-csv")
        .head("Datum;Zeit;Filiale;Kassennummer;Transaktionsnummer;Artikel;Menge;Aktion;Umsatz\n")
        .entry("«dotted»;«clock»:11;M Exempelstadt;101;«n»;«label»;1;«0.00|-0.10»;«abs»\n")
        .columns(';')
        .rows(2)
        .corrected(),
    Layout::of("amazon-orders-csv")
        .head("Website,Order ID,Order Date,Currency,Unit Price,Unit Price Tax,Total Discounts,Total Owed,ASIN,Quantity,Order Status,Product Name\n")
        .entry("Amazon.fr,404-1111111-00000«nn»,«at»,EUR,«abs»,0,«0|-1.00»,«abs»,20703600«nn»,1,Closed,«label»\n")
        .columns(',')
        .rows(2)
        .corrected(),
    Layout::of("google-semantic-history")
        .head(r#"{"timelineObjects": ["#)
        .entry(r#"{"placeVisit": {"location": {"latitudeE7": 4576500«nn», "longitudeE7": 48360000, "placeId": "P«n»", "name": "«label»"}, "duration": {"startTimestamp": "«at»", "endTimestamp": "«until|later»"}}}"#)
        .between(",")
        .tail("]}")
        .corrected(),
    Layout::of("google-timeline")
        .head(r#"{"semanticSegments": ["#)
        .entry(r#"{"startTime": "«at»", "endTime": "«until|later»", "visit": {"hierarchyLevel": 0, "probability": 0.9, "topCandidate": {"placeId": "P«n»", "semanticType": "HOME", "probability": 0.8, "placeLocation": {"latLng": "45.76«nn»°, 4.8357°"}}}}"#)
        .between(",")
        .tail(r#"], "userLocationProfile": {"frequentPlaces": []}}"#)
        .corrected(),
    Layout::of("gpx")
        .head(r#"<?xml version="1.0"?><gpx creator="Invented" version="1.1" xmlns="http://www.topografix.com/GPX/1/1">"#)
        .entry(r#"<wpt lat="45.27«nn»" lon="13.7150"><time>«at»</time><name>«label»</name></wpt>"#)
        .tail("</gpx>"),
    Layout::of("tfl-journeys")
        .head("Date,Start Time,End Time,Journey/Action,Charge,Credit,Balance,Note\n")
        .entry("«day by name»,«clock»,«then|later clock»,\"Oval to Bank\",«abs»,,1«nn».70,\"\"\n")
        .columns(',')
        .corrected(),
    Layout::of("ov-chipkaart")
        .head("\"Datum\";\"Check-in\";\"Vertrek\";\"Check-uit\";\"Bestemming\";\"Bedrag\";\"Transactie\";\"Klasse\";\"Product\";\"Opmerkingen\";\"Naam\";\"Kaartnummer\"\n")
        .entry("\"«dashed»\";\"\";\"Utrecht Centraal\";\"«clock»\";\"Amsterdam Centraal\";\"«comma»\";\"Check-uit\";\"2\";\"Reizen op Saldo NS\";\"\";\"Name\";\"1234 5678 9012 3456\"\n")
        .columns(';'),
    Layout::of("strava-activities")
        .head("id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n")
        .entry("«n»,«day» «clock»:00,«label»,«Ride|Run»,,1800,36«nn».0,true,Bike,activities/«n».gpx\n")
        // Today's files have columns of equal names, which their order tells apart.
        .corrected(),
    Layout::of("blue-button-cms")
        .head("--------------------------------\nMYMEDICARE.GOV PERSONAL HEALTH INFORMATION\n\n--------------------------------\n**********CONFIDENTIAL***********\n\nProduced by the Blue Button (v2.0)\n\n05/02/2025 9:15 AM\n\n\n\n")
        .entry("--------------------------------\nClaim Summary\n\n--------------------------------\n\nSource: MyMedicare.gov\n\n\n\nClaim Number: 20190000«nn»\n\nProvider: «label»\n\nService Start Date: «mdy»\n\nService End Date: \n\nAmount Charged: $«abs»\n\nMedicare Approved: $«1|2».00\n\nClaim Type: Outpatient\n\n")
        .corrected(),
    Layout::of("blue-button-va")
        .head("------------------ MY HEALTHEVET PERSONAL INFORMATION REPORT -------------------\n                     *************CONFIDENTIAL*************\n                           Produced by the VA Blue Button (v12.6)\n\n----------------------------- VA PROBLEM LIST ----------------------------\n\n")
        .entry("Problem:            «label»\nDate/Time Entered:  «day in words» @ 1200\nStatus:             «ACTIVE|INACTIVE»\n\n")
        .corrected(),
    Layout::of("cda-fr")
        .head(r#"<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><templateId root="2.16.840.1.113883.2.8.2.1"/><templateId root="1.2.250.1.213.1.1.1.1"/><title>Données de remboursement</title><component><structuredBody><component><section><code code="29554-3"/><title>Radiologie</title><text/>"#)
        .entry(r#"<entry><procedure><code code="ZZZZ0«nn»" displayName="«label»" codeSystem="1.2.250.1.215.200.3.4"/><statusCode code="«active|completed»"/><effectiveTime value="«compact»"/></procedure></entry>"#)
        .tail("</section></component></structuredBody></component></ClinicalDocument>")
        .corrected(),
    Layout::of("ccda")
        .head(r#"<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><templateId root="2.16.840.1.113883.10.20.22.1.2"/><component><structuredBody><component><section><code code="11369-6"/><title>IMMUNIZATIONS</title><text/>"#)
        .entry(r#"<entry><substanceAdministration classCode="SBADM" moodCode="EVN" negationInd="false"><statusCode code="«active|completed»"/><effectiveTime value="«compact»"/><consumable><manufacturedProduct><manufacturedMaterial><code code="«n»" codeSystem="2.16.840.1.113883.12.292" displayName="«label»"/></manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>"#)
        .tail("</section></component></structuredBody></component></ClinicalDocument>")
        .corrected(),
    Layout::of("fhir-claims")
        .head(r#"{"resourceType": "Bundle", "type": "searchset", "entry": ["#)
        .entry(r#"{"resource": {"resourceType": "ExplanationOfBenefit", "id": "e«n»", "status": "active", "use": "claim", "billablePeriod": {"start": "«day»"}, "insurer": {"display": "Plan"}, "total": [{"category": {"coding": [{"code": "submitted"}]}, "amount": {"value": «abs», "currency": "USD"}}, {"category": {"coding": [{"code": "benefit"}]}, "amount": {"value": «1|2», "currency": "USD"}}]}}"#)
        .between(",")
        .tail("]}")
        .corrected(),
    Layout::of("apple-health")
        .head("<?xml version=\"1.0\"?><HealthData locale=\"fr_FR\"><ExportDate value=\"2025-05-01 10:00:00 +0200\"/>\n")
        .entry("<Record type=\"HKQuantityTypeIdentifierHeartRate\" sourceName=\"Montre\" unit=\"count/min\" startDate=\"«day» «clock»:00 +0000\" endDate=\"«day» «clock»:00 +0000\" value=\"«n»\"/>\n")
        .tail("</HealthData>"),
    Layout::of("nslds-student-data-text")
        .head("File Source:U.S. DEPARTMENT OF EDUCATION, NATIONAL STUDENT LOAN DATA SYSTEM (NSLDS)\nFile Request Date:04/22/2025 09:14:27\n")
        .entry("Loan Type:DIRECT STAFFORD «nn»\nLoan Attending School Name:ANY STATE UNIVERSITY\nLoan Date:«mdy»\nLoan Amount:$3,500\nLoan Outstanding Principal Balance:$«3,500|3,100»\nLoan Outstanding Principal Balance as of Date:03/31/2025\nLoan Interest Rate:6.0%\n")
        .corrected(),
    Layout::of("elm-credential-json")
        .head(r#"{"id": "urn:credential:1", "type": ["VerifiableCredential", "EuropeanDigitalCredential"], "issuer": {"type": "Organisation", "legalName": {"fr": ["Université Exemple"]}}, "credentialSubject": {"type": "Person", "hasClaim": ["#)
        .entry(r#"{"id": "urn:a:«n»", "type": "LearningActivity", "title": {"fr": ["«label» «n»"]}, "temporal": [{"startDate": "«at»", "endDate": "«until|later day»"}]}"#)
        .between(",")
        .tail(r#"]}, "@context": ["https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"]}"#)
        .corrected(),
    Layout::of("elm-credential-xml")
        .head(r#"<?xml version="1.0"?><europassCredential xmlns="http://data.europa.eu/snb"><credentialSubject id="urn:epass:person:1"><activities>"#)
        .entry(r#"<activity id="urn:a:«n»"><title><text lang="fr">«label» «n»</text></title><startedAtTime>«at»</startedAtTime><endedAtTime>«until|later day»</endedAtTime></activity>"#)
        .tail("</activities></credentialSubject></europassCredential>")
        .corrected(),
    Layout::of("open-badges-3-json")
        .head("[")
        .entry(r#"{"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"], "id": "urn:uuid:«n»", "type": ["VerifiableCredential", "OpenBadgeCredential"], "issuer": {"type": ["Profile"], "name": "École Exemple"}, "validFrom": "«at»", "validUntil": "«2030|2031»-01-01T00:00:00Z", "credentialSubject": {"type": ["AchievementSubject"], "achievement": {"type": ["Achievement"], "name": "«label» «n»", "achievementType": "Badge"}}}"#)
        .between(",")
        .tail("]")
        .corrected(),
    Layout::of("open-badges-2-json")
        .head("[")
        .entry(r#"{"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://example.org/assertions/«n»", "recipient": {"type": "email", "hashed": false, "identity": "a@example.org"}, "badge": {"type": "BadgeClass", "name": "«label» «n»", "issuer": {"type": "Profile", "name": "École Exemple"}}, "issuedOn": "«at»", "expires": "«2030|2031»-01-01T00:00:00Z", "verification": {"type": "HostedBadge"}}"#)
        .between(",")
        .tail("]")
        .corrected(),
    Layout::of("europass-cv-xml")
        .head(r#"<?xml version="1.0"?><SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="fr"><DocumentInfo><DocumentType>ECV</DocumentType></DocumentInfo><LearnerInfo><EducationList>"#)
        .entry(r#"<Education><Period><From year="19«nn»" month="--09" day="---01"/><To year="19«nn»" month="--«10|11»"/></Period><Title>«label» «n»</Title><Organisation><Name>Université Exemple</Name></Organisation></Education>"#)
        .tail("</EducationList></LearnerInfo></SkillsPassport>")
        .corrected(),
    Layout::of("google-my-activity-json")
        .head("[")
        .entry(r#"{"header": "Recherche", "title": "Vous avez recherché «label»", "titleUrl": "https://www.google.com/search?q=«label»", "time": "«at»", "products": ["Recherche"]}"#)
        .between(",")
        .tail("]"),
    Layout::of("browserexport-json")
        .head("[")
        .entry(r#"{"url": "https://www.example.org/«label»", "dt": «epoch», "metadata": null}"#)
        .between(",")
        .tail("]"),
    Layout::of("jcard")
        .head("[")
        .entry(r#"["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "P«n» Exemple"], ["tel", {}, "uri", "tel:+336123456«nn»"]]]"#)
        .between(",")
        .tail("]"),
    Layout::of("facebook-friends-json")
        .head(r#"{"friends_v2": ["#)
        .entry(r#"{"name": "P«n» Exemple", "timestamp": «epoch»}"#)
        .between(",")
        .tail("]}"),
    Layout::of("facebook-messages-json")
        .head(r#"{"participants": [{"name": "Zoe"}, {"name": "Germaine"}], "messages": ["#)
        .entry(r#"{"sender_name": "Zoe", "timestamp_ms": «epoch»000, "content": "«label»", "type": "Generic"}"#)
        .between(",")
        .tail(r#"], "title": "Zoe", "is_still_participant": true, "thread_path": "inbox/zoe_abc"}"#),
    Layout::of("whatsapp-chat")
        .entry("[«dmy», «clock»:00] Zoe: «label»\n")
        // A conversation is told in the order of time, which settles its dates.
        .in_order(),
    Layout::of("mesinfos-bank-json")
        .head("[")
        .entry(r#"{"docType": "bankoperation", "bankAccount": "0042", "date": "«day»T00:00:00.000Z", "amount": «price», "raw": "CB «label»", "title": "«said»"}"#)
        .between(",")
        .tail("]")
        .corrected(),
    Layout::of("mesinfos-phone-json")
        .head("[")
        .entry(r#"{"docType": "fr.orange.phonecommunicationlog", "timestamp": "«at»", "msisdn": "33600000001", "partner": "33600000002", "length": «n», "chipType": "s", "type": "appel sortant", "networkType": "3G"}"#)
        .between(",")
        .tail("]"),
    Layout::of("mesinfos-position-json")
        .head("[")
        .entry(r#"{"docType": "fr.orange.geopoint", "msisdn": "33600000001", "timestamp": "«at»", "latitude": 48.86«nn», "longitude": 2.37083, "radius": 339}"#)
        .between(",")
        .tail("]"),
    Layout::of("mesinfos-energy-json")
        .head("[")
        .entry(r#"{"docType": "org.fing.mesinfos.consumptionstatement", "contractNumber": "1", "start": "«day»T«clock»:00", "end": "«day»T«then»:00", "value": «amount», "statementType": "mesure", "statementCategory": "linky", "statementReason": "LinkyHalfHourElecConsumption"}"#)
        .between(",")
        .tail("]")
        .corrected(),
    Layout::of("mesinfos-contracts-json")
        .head("[")
        .entry(r#"{"vendor": "EDF", "clientId": "1", "number": "«n»", "name": "Tarif Bleu", "start": "«day»", "end": null, "status": "CONTRAT_ACTIF", "pdl": "000000000000«nn»", "energie": "Électricité", "power": "«6|9» kVA", "contractSubcategory1": "OPTION_BASE"}"#)
        .between(",")
        .tail("]")
        .corrected(),
    Layout::of("mesinfos-profile-json")
        .head("[")
        .entry(r#"{"usage_points": {"usage_point_id": "000000000000«nn»", "power_subscribed": "6", "time_slot": ""}}"#)
        .between(",")
        .tail("]"),
    Layout::of("mesinfos-bills-json")
        .head("[")
        .entry(r#"{"type": "Mobile", "date": "«at»", "vendor": "Sfr", "amount": «abs»}"#)
        .between(",")
        .tail("]"),
    Layout::of("mesinfos-receipts-json")
        .head("[")
        .entry(r#"{"docType":"Receipt","origin":"Intermarché","receiptId":"10000000«nn»","transaction":"Vente","intermarcheShopId":"07651","isOnline":false,"timestamp":"«at»","articlesCount":3,"amount":0,"total":«amount»,"paidAmount":«amount»}"#)
        .between(",")
        .tail("]")
        .corrected(),
    Layout::of("mesinfos-video-json")
        .head("[")
        .entry(r#"{"docType": "fr.orange.videostream", "_id": "«n»", "timestamp": "«at»", "content": {"type": "Video", "title": "«label»", "duration": 5698}, "price": «abs», "details": {"offer": "Paid VOD", "service": "VOD TV"}, "action": "Commande", "clientId": "0"}"#)
        .between(",")
        .tail("]")
        .rows(2),
    Layout::of("mesinfos-contacts-json")
        .head("[")
        .entry(r#"{"docType": "contact", "_id": "«n»", "fn": "P«n» Exemple", "datapoints": [{"name": "tel", "type": "main", "value": "06 00 00 00 «nn»"}], "tags": [], "accounts": []}"#)
        .between(",")
        .tail("]"),
    Layout::of("mesinfos-history-json")
        .head("[")
        .entry(r#"{"docType": "WebHistory", "title": "«label»", "url": "https://example.org/«label»", "timestamp": "«at»"}"#)
        .between(",")
        .tail("]"),
    Layout::of("mesinfos-documents-json")
        .head("[")
        .entry(r#"{"docType": "event", "start": "«at»", "end": "«until»", "details": "salle «n»", "description": "«label»"}"#)
        .between(",")
        .tail("]"),
    Layout::of("mesinfos-pilot-json")
        .head(r#"[{"docType": "Tasky", "description": "À faire", "completionDate": "2016-09-02T10:00:00.000Z"},"#)
        .entry(r#"{"docType": "fr.orange.geopoint", "msisdn": "33600000001", "timestamp": "«at»", "latitude": 48.86«nn», "longitude": 2.37083, "radius": 339}"#)
        .between(",")
        .tail("]"),
];
