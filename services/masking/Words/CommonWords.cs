namespace Chaperone.Masking.Words;

/// <summary>Words that are no names although they stand where names stand.</summary>
internal static class CommonWords
{
    private static readonly WordSet Words = """
        the and for with from that this than then they them their there these those are was were has had have not but who his her she him its our your you
        all any may can will would should could been being does did done per via into onto over under about after before between during until since while
        new old one two three four five six seven eight nine ten first second third last next more most some other same such only also very well
        mr mrs ms miss dr prof doctor sir madam rev md do rn np pa phd jr sr ii iii iv esq dds dpm dvm lpn cna facp facs mph ma bs msw lcsw
        patient patients client member person people name names unknown none null male female man woman boy girl baby newborn infant child children adult other
        test sample example demo user admin system nurse provider physician attending resident staff team care clinic hospital center centre medical health
        department emergency room ward unit office home family mother father parent spouse wife husband son daughter brother sister friend contact guardian
        history present illness chief complaint assessment plan subjective objective review systems physical exam examination vital signs allergies medications
        medication social past surgical procedure procedures diagnosis diagnoses impression findings recommendations discharge admission summary report note notes
        follow followup results result labs lab laboratory imaging date time age sex gender address phone email fax number account record chart insurance
        january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
        monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun today tomorrow yesterday
        north south east street avenue road drive lane court boulevard suite apartment state county city country usa america american united states
        yes no true false active inactive final pending normal abnormal positive negative left right upper lower acute chronic mild moderate severe
        blood pressure heart lung chest head neck skin pain type stage grade class level dose tablet tablets capsule daily weekly oral
        general good great better best stable improved continue start stop call see seen signed reviewed dictated electronically by to of in on at as is it he an
        mrn dob ssn npi dea acct mbi vin insulin aspirin mrn dob ssn npi dea acct mbi vin ibuprofen metformin lisinopril atorvastatin diabetes hypertension asthma cancer disease syndrome covid
        medicare medicaid english spanish french german chinese asian hispanic latino married single divorced widowed
        primary secondary tertiary initial routine urgent annual visit encounter consult consultation referral request order orders status code
        rx tel cell mobile ext adr fn bday vcard organizer attendee
        hx rx dx tx sx fx bx cx neuro resp gi gu msk psych derm heme onc endo abd ext heent cv gen cardiac cardiovascular respiratory abdomen extremities musculoskeletal chole lap
        paciente nombre apellido fecha edad domicilio dirección direccion teléfono telefono correo días dias semanas meses años dolor antecedentes alergias mozilla chrome safari firefox
        if when what which where why how please thank thanks dear regards sincerely hello hi re subject cc attn let make take took given
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet();

    public static bool Contains(ReadOnlySpan<char> word) => Words.Contains(word);
}
