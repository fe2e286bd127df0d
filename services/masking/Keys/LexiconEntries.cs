namespace Chaperone.Masking.Keys;

/// <summary>The words of the lexicon: what keys, columns and labels of clinical and office software call the identifiers of 45 CFR 164.514(b)(2). Entries are normalised (<see cref="KeyWords"/>).</summary>
internal static class LexiconEntries
{
    /// <summary>Keys whose whole value is masked.</summary>
    public static readonly (Identifier Identifier, string Keys)[] Masked =
    [
        // Tags of DICOM (PS3.6), as the JSON model and dumps write them.
        (Identifier.Name, "00100010, 00101001, 00101005, 00101060, 00080090, 00081048, 00081050, 00081052, 00081060, 00081070, 00321032, 00380300"),
        (Identifier.Mrn, "00100020, 00101000, 00100021"),
        (Identifier.Id, "00080050, 00200010, 0020000d, 0020000e, 00080018, 00401001, 00080014"),
        (Identifier.Date, "00100030, 00080012, 00080020, 00080021, 00080022, 00080023, 0008002a, 00380020, 00400244"),
        (Identifier.Age, "00101010"),
        (Identifier.Address, "00101040, 00080081"),
        (Identifier.Phone, "00102154"),
        (Identifier.Location, "00080080, 00081010, 00400241"),
        (Identifier.Device, "00181000"),
        (Identifier.Name, """
            patient name, full name, first name, last name, middle name, name first, name last, name middle, name given, name family, given name, family name, family, given, maiden name, maiden,
            preferred name, legal name, nick name, nickname, alias, aliases, former name, previous name, birth name, display name, real name,
            mother name, mothers name, mother maiden name, mothers maiden name, father name, fathers name, parent name, guardian name, spouse name,
            husband name, wife name, child name, son name, daughter name, relative name, next of kin, next of kin name, nok, nok name, kin name, guarantor name,
            emergency contact name, contact name, contact person, provider name, doctor name, physician name, nurse name, surgeon name,
            practitioner name, clinician name, therapist name, attending name, referring name, prescriber name, attending physician,
            referring physician, ordering physician, primary care physician, primary care provider, pcp name, ordering provider, referring provider,
            rendering provider, attending provider, billing provider name, care provider, performed by, ordered by, signed by, electronically signed by,
            reviewed by, dictated by, transcribed by, verified by, entered by, author name, recorded by, prescribed by, administered by, seen by,
            approved by, created by, updated by, modified by, assigned to, witness, witness name, employee name, employer name, employer,
            subscriber name, member name, insured name, policy holder, policy holder name, policyholder, policyholder name, beneficiary name, beneficiary,
            account holder, account holder name, card holder, card holder name, cardholder, cardholder name, customer name, client name, user full name,
            recipient name, sender name, resident name, student name, participant name, donor name, subject name, caregiver name, case manager,
            social worker, requester name, requestor name, owner name, person name, individual name, applicant name, signature, responsible party, responsible party name, responsible person, resp party, resp party name,
            patient ln, patient fn, member ln, member fn, subscriber ln, subscriber fn, provider ln, provider fn
            """),
        (Identifier.Address, """
            address, street, street address, street name, street line, address line, line1, line2, mailing address, home address, billing address,
            shipping address, work address, residence, residential address, po box, pobox, house number, apartment, apt, apt number, suite,
            geo, geolocation, coordinates, latitude, longitude, lat long, gps, geohash, plus code, census tract, tract id, tract code, geoid, precinct, subdivision,
            home address line, permanent address, current address, full address, premises, place of residence
            """),
        (Identifier.City, """
            ort, ort01, ort 01, city, town, village, county, parish, municipality, district, borough, suburb, neighborhood, neighbourhood, locality, city name,
            birth place, birthplace, place of birth, city of birth, hometown, home town, residence city, cnty, county name, cnty name
            """),
        (Identifier.Zip, "pstlz, zip, postal, postal code, zip code, post code, zip4, zip5, zip plus4"),
        (Identifier.Date, """
            birth date, date of birth, dob, birth, born, birth time, bir date, patient bir dat, admit date, admission date, admitted, admission, discharge date, discharged, date of death,
            death date, deceased date, dod, died, service date, date of service, dos, collected, collection date, specimen date, effective date,
            onset date, visit date, encounter date, appointment date, appointment, procedure date, surgery date, date, datetime, date time, timestamp,
            time stamp, created at, updated at, modified at, admitted at, discharged at, collected at, recorded at, scheduled at, signed at,
            issued at, performed at, administered at, started at, ended at, resulted at, ordered at, seen at, created on, updated on, signed on,
            expires on, expiry, expiration, effective time, start time, end time, authored on, birth datetime, deceased datetime, recorded,
            recorded date, last updated, last visit, next visit, last seen, follow up date, effective, issued, authored, occurrence datetime,
            performed datetime, effective datetime, onset datetime, abatement datetime, asserted date, sent, received, hire date, start, end
            """),
        (Identifier.Age, "age, patient age, age years, age in years, age at visit, current age, age at death, age at diagnosis"),
        (Identifier.Phone, """
            phone, mobile, cell, cell phone, mobile phone, home phone, work phone, office phone, day phone, evening phone, phone number, contact number,
            mobile number, cell number, pager, beeper, emergency phone, emergency contact, emergency contact phone, callback, callback number, call back number,
            telecom, phone home, phone work, primary phone, whatsapp, sms, msisdn, landline, extension phone
            """),
        (Identifier.Fax, "fax, fax number, facsimile"),
        (Identifier.Email, "email, email address, e mail, e mail address, email id, contact email, work email, personal email"),
        (Identifier.Ssn, """
            ssn, s s n, social, social security, social security number, soc sec, soc sec number, ss number, ssn last4, ssn last four, last four ssn, last4, social sec number,
            tin, itin, tax id, taxpayer id, tax payer id, taxpayer number, tax number, ein, national id, nid, sin, national insurance number
            """),
        (Identifier.Mrn, """
            mrn, m r n, mr number, mr id, medical record, medical record number, med record number, med rec, med rec number, record number, chart, chart number, chart id, patient id,
            patient number, patient identifier, hospital number, unit number, mpi, empi, mrn list, mrn ids, patient refs, patient ref, epi, enterprise id, medical id, patient key, patient uuid, person id,
            subject id, patient external id, external patient id, patient mrn, medical record id, emr id, ehr id, health record number
            """),
        (Identifier.Plan, """
            member id, member number, memberid, subscriber id, subscriber number, beneficiary id, beneficiary number, policy number, policy id, policy,
            group number, group id, insurance id, insurance number, insurance policy number, insurance member id, health plan id, plan id, plan number, dod id, do d id, dod id number, edipi, dbn, ohip, ohip number, ramq, iqama, iqama number, sip, tarjeta sanitaria, numero tarjeta sanitaria, cartao sus, cartão sus, carto sus, numero utente, health card, dva, dva number, ihi, sponsor ssn, sponsor id, bic number,
            health plan number, health plan beneficiary number, medicare, medicare id, medicare number, medicaid, medicaid id, medicaid number,
            mbi, hicn, hic number, insured id, certificate number, card id, rx bin, rx group, pcn, rx pcn, insurance policy, health insurance number, health insurance id,
            insurance group, insurance, insurance plan, ins plan, health plan, insurance card number, coverage id, plan member id, beneficiary identifier
            """),
        (Identifier.Account, """
            account, account number, account id, bank account, bank account number, iban, routing, routing number, aba, aba number, swift, bic, swift code, swift bic,
            billing account, billing account number, patient account, patient account number, guarantor number, guarantor id, invoice number, financial number, fin,
            har, a c number, ac number, bank a c, crypto address, bitcoin address, wallet, wallet address, sort code
            """),
        (Identifier.Card, "card, card number, credit card, credit card number, debit card, debit card number, cc number, ccn, pan, cvv, cvc, cvv2, security code"),
        (Identifier.License, """
            license, license number, license id, driver license, drivers license, driver license number, drivers license number, driving license,
            driving license number, dl, dl number, dln, npi, npi number, provider npi, dea, dea number, dea registration, medical license,
            medical license number, state license, nursing license, certificate, certification number, passport, passport number, visa number,
            state id, upin, taxonomy id, provider id, provider number, physician id, practitioner id, doctor id, prescriber id, clia, clia number
            """),
        // What forms in German, French, Spanish, Italian, Portuguese, Dutch and Swedish call them; letters beyond ASCII part words.
        (Identifier.Name, """
            nname, vname, vorname, nachname, familienname, geburtsname, patientenname, nombres, apellido, primer nombre, segundo nombre, primer apellido, segundo apellido, nombre completo, nombre paciente,
            nombre del paciente, prenom, pr nom, nom de famille, nom complet, nom patient, nom du patient, cognome, nome completo, sobrenome, voornaam, achternaam, fornamn, efternamn
            """),
        (Identifier.Address, "strasse, stra e, hausnummer, adresse, direccion, direcci n, domicilio, indirizzo, endereco, adres, address ln"),
        (Identifier.City, "ciudad, ville, stadt, wohnort, geburtsort, localidad, municipio, citta, cidade, woonplaats, lieu de naissance, lugar de nacimiento"),
        (Identifier.Zip, "plz, postleitzahl, codigo postal, c digo postal, code postal, zip cd, postal cd"),
        (Identifier.Date, "gbdat, geburtsdatum, geburts datum, fecha nacimiento, fecha de nacimiento, date naissance, date de naissance, data di nascita, data nascimento, data de nascimento, geboortedatum"),
        (Identifier.Phone, "telefon, telefonnummer, mobilnummer, handynummer, telefono, phone fono, telefone, celular, telefoonnummer"),
        (Identifier.Email, "correo, correo electronico, correo electr nico, courriel"),
        (Identifier.Ssn, "numero securite sociale, numero de securite sociale, sozialversicherungsnummer, svnr, curp, cpf, codice fiscale, personnummer, aadhaar, aadhaar number, burgerservicenummer, bsn number, dni number, dni nie, numero dni, nif, numero seguridad social, numero de seguridad social, nuss, pesel, cedula, cedula de identidad, steuer id, steueridentifikationsnummer"),
        (Identifier.Mrn, "dfn, icn, uhid, uhid number, abha, abha number, hosp no, hosp number, hosp id, hospital no, hospital number, patnr, patientennummer, numero paciente, numero de paciente, numero de dossier, historia clinica, nhc, numero de historia, numero historia, number historia, n historia, n historia clinica, number historia clinica, nuhsa, numero de utente, fallnummer, fallnr, ptno, patno, ptnum, patnum, nhs number, nhs id"),
        (Identifier.Plan, "versichertennummer, versichertennr, versicherten number, krankenversichertennummer, versicherungsnummer, kvnr, health card number"),
        (Identifier.Vehicle, "vin, vin number, vehicle id, vehicle identification number, license plate, plate, plate number, tag number, vehicle registration, registration plate, vehicle reg, vehicle reg number"),
        (Identifier.Device, """
            udi, device id, device serial, device serial number, serial, serial number, ser number, sn, s n, s n number, imei, imsi, iccid, mac, mac address, device identifier,
            implant serial, implant id, lot number, pacemaker serial, device udi, hardware id, android id, idfa, meid, udid, model serial
            """),
        (Identifier.Url, "url, uri link, website, web site, web address, web page, homepage, home page, profile url, link, photo url, avatar url, portal url, linkedin, facebook, twitter"),
        (Identifier.Ip, "ip, ip address, ipv4, ipv6, client ip, source ip, remote address, remote ip, x forwarded for, forwarded for, host ip, server ip"),
        (Identifier.Biometric, "fingerprint, fingerprint template, face print, faceprint, voice template, iris template, retina template, palm vein, palm vein template, biometric, biometric id, retina, retina scan, retinal scan, iris, iris scan, voiceprint, voice print, face id, face template, palm print, dna profile, biometrics"),
        (Identifier.Photo, "photo, photograph, picture, portrait, headshot, avatar, face image, patient photo, profile picture, mugshot"),
        (Identifier.Id, """
            encounter id, encounter number, visit id, visit number, csn, contact serial number, claim id, claim number, claim control number, accession, accession number,
            accession id, order number, order id, prescription number, prescription id, rx number, rx, requisition number, specimen id, specimen number,
            case number, case id, referral number, referral id, authorization number, auth number, prior auth number, confirmation number, confirmation code, appointment id,
            document id, document number, study id, study uid, study instance uid, series instance uid, user id, user name, login, login id, login name, handle,
            social media handle, employee id, employee number, badge, badge number, badge id, staff id, student id, tracking number, uuid, guid, full url,
            person uuid, tax receipt number, receipt number, transaction id, trace number, external id, note id, episode id, care plan id, registration number,
            incident number, ticket number, inmate id, inmate number, inmate, booking number, booking reference, reference number, control number, account uuid, placer order number, filler order number, immunization id, username
            """),
        (Identifier.Secret, """
            password, passphrase, secret, client secret, api key, api secret, api token, access key, access key id, secret key, secret access key, private key,
            access token, refresh token, auth token, authentication token, bearer token, session token, session key, token, credential, credentials, pin, pin code,
            connection string, account key, shared access key, storage key, encryption key, signing key, webhook secret, authorization, cookie, set cookie, otp, db password, database password, db pass, database url
            """),
    ];

    /// <summary>Words that name a person when they stand alone, and that make <c>... name</c> and <c>... id</c> theirs.</summary>
    public const string People = """
        patient, person, member, subscriber, insured, beneficiary, guarantor, guardian, parent, mother, father, spouse, husband, wife, child, son, daughter,
        sibling, brother, sister, relative, provider, doctor, physician, nurse, surgeon, practitioner, clinician, therapist, attending, prescriber, pcp,
        employee, customer, client, user, author, contact, resident, student, participant, donor, recipient, sender, caregiver, owner, applicant,
        subject, individual, human, people, persons, patients, members, contacts, providers, practitioners, staff, consultant, radiologist, pathologist, performer,
        recorder, asserter, requester, requestor, informant, signer, approver, cardholder, holder, anesthesiologist, dentist, pharmacist, emergency contact, kin, employees, users, assignee, reviewer, approver, actor, consult, consults, consulting, consultants, doctors, nurses, physicians, clinicians
        """;

    /// <summary>The same as keys and columns alone: as labels in a text they say other things too, "driver 12345".</summary>
    public const string PeopleOfFields = """
        watcher, watchers, assignees, reviewers, approvers, actors, owners, authors, assigned, attendee, attendees, caller, callers, responsible, principal, operator, on call, oncall, speaker, interpreter, driver, payee, dependent, dependents,
        reporter, referrer, surveyor, inspector, visitor, visitors, notified, reported to, called to, handoff to, hand off to, handed to, sent to doctor, covering, covering md, covering provider, relief, chaperone, escort, scribe, sitter, transporter
        """;

    /// <summary>What is done by a key's value, where the key ends in <c>by</c>: "taken by" by somebody, "order by" by none.</summary>
    public const string NoDeeds = "group, order, sort, sorted, partition, cluster, filter, limit, divided, divide, caused, followed, multiplied, multiply, split, index, indexed, powered, blocked, superseded, replaced, step, increment, increase, decrease, reduce, offset, shift, rotate, zoom, lead, keyed, ordered, grouped, ranked, weighted, scaled, distinct, aggregate, bucket";

    /// <summary>Words for several people: a number under them counts, and is nobody's.</summary>
    public const string Several = "people, persons, patients, members, contacts, providers, practitioners, staff, employees, users, doctors, nurses, physicians, clinicians, consultants, consults, watchers, assignees, reviewers, approvers, actors, owners, authors, attendees, callers, dependents, visitors";

    /// <summary>Words before <c>name</c> that make it a thing's.</summary>
    public const string Things = """
        drug, medication, medicine, med, file, tool, test, lab, table, column, schema, database, db, department, dept, unit, ward, room, organization,
        organisation, org, company, brand, generic, product, event, code, display, service, host, domain, class, method, function, field, key, category,
        procedure, diagnosis, condition, allergy, vaccine, resource, prompt, server, plan, insurance, payer, group, role, type, index, process, module,
        package, project, tag, branch, repo, repository, variable, parameter, param, argument, attribute, property, template, model, panel, analyte, specimen,
        study, report, form, document, sheet, tab, theme, language, country, state, region, event, task, job, queue, topic, bucket, cluster, node, container,
        image, app, application, program, protocol, metric, measure, rule, policy, status, step, stage, ingredient, allergen, substance, system, code system, value set, device, scientific
        """;

    /// <summary>Keys that stay and say that their object is about a person.</summary>
    public const string Markers = "gender, sex, race, ethnicity, marital status, blood type, sex at birth, gender identity, religion, deceased, salutation";

    /// <summary>What happens to a person and has a number: tables of records point to each other by them.</summary>
    public const string Events = "encounter, visit, episode, admission, hospitalization, claim, referral, prescription";

    /// <summary>Words at the end of a key that say nothing of their own.</summary>
    public const string Noise = "number, value, text, string, str, code, raw, full, primary, secondary, display, id, field, info, no, orig, original, masked, hash, formatted";
}
