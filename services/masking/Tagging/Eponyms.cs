using Chaperone.Masking.Words;

namespace Chaperone.Masking.Tagging;

/// <summary>Names that medicine gave to what they found: "Smith-Magenis syndrome", "the Chaddock reflex". They are nobody's.</summary>
internal static class Eponyms
{
    private const int MostBetween = 2;
    private const int LongestPair = 32;

    private static readonly WordSet Things = """
        syndrome syndromes disease diseases disorder sign signs reflex reflexes phenomenon palsy dystrophy dementia encephalopathy ophthalmopathy thyroiditis lymphoma sarcoma carcinoma tumor tumour
        anemia angina purpura arteritis granulomatosis contracture neuroma esophagus oesophagus diverticulum ulcer ulcers node nodes nodules nodule lesions spots spot body bodies cell cells rods
        catheter catheterization drain wire stent pacemaker monitor protocol technique maneuver manoeuvre position procedure operation surgery repair triangle point pouch angle ring line lines shunt flap graft incision approach view bandage boot splint needle forceps keratosis lens fundoplication osteotomy arthroplasty
        scale score scores index criteria criterion classification class grade stage questionnaire inventory equation formula rule rules fracture fractures dislocation deformity
        stain smear agar test tests tendon tube tubes gland glands canal duct ligament membrane fibers fibres virus chromosome factor antigen antibody protein method law curve regression correction theorem effect diet exercises breathing respirations ataxia chorea anomaly malformation tetralogy hernia cyst
        hump jerk bundle fascia arcade plexus papilla sphincter valve valves bypass sling cerclage hysterectomy gastrectomy esophagectomy amputation pin pins nail rod cage halo brace collar traction lift bag airway blade blades
        cannula trocar elevator rongeur dilator dilators bougie snare balloon coil filter guidewire introducer sheath lamp chart grid plates tonometry perimetry reaction medium broth solution antibodies phenotype coefficient statistic plot estimator
        midline vertex bracket brackets crutch crutches chair corset stockings space spaces ligation colposuspension manoeuvres maneuvers
        clamp clamps scissors retractor retractors sump speculum curette
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet();

    // Only behind those whose name medicine took, each with its own: "Modic type 1 changes", "Fleischner follow-up", "Hoffa fat pad".
    private static readonly WordSet ThingsOfPeople = "fleischner follow,fleischner guidelines,fleischner society,modic type,modic changes,hoffa fat,hoffa pad,lisfranc injury,addison crisis,hoyer lift,yankauer suction".Split(',').ToWordSet();

    // "Schatzker type IV": what they graded in Roman numbers.
    private static readonly WordSet Graders = "schatzker gustilo frykman ideberg bosniak neer".Split(' ').ToWordSet();

    // Whoever is behind them is a person.
    private static readonly WordSet Addresses = "patient pt mr mrs ms call".Split(' ').ToWordSet();

    // Whose names stand by themselves before a number, or joined: "Braden 18", "Wolff-Parkinson-White".
    private static readonly WordSet People = """
        adams addison aldrich allen alport altman alzheimer apgar argyll arnold asperger babinski baker bankart barr barre barré barrett bartter basedow becker beckwith behcet bell bence bernard binet bishop blalock bland
        bonferroni bouchard bowen braden braxton brown brudzinski brugada budd caplan charcot chediak cheyne chiari child churg chvostek cohen colles collins cooley courvoisier cox crigler crohn cullen curtis cushing dandy danlos
        down drager dubin duchenne dupuytren eaton ebstein edwards ehlers eisenmenger ellison epstein epworth erb fanconi felty fisher fitz foley fontan fowler framingham friderichsen friedreich ganz gastaut gaucher gehrig gilbert gilles
        glasgow gleason glenn goodpasture gorlin gowers graves grey guillain hamilton harris hashimoto heberden heimlich henoch herxheimer hess higashi hill hippel hirschsprung hodgkin hoffmann homans horner hughes humphrey hugh hunt huntington hutchinson
        jacksonian jakob jarisch jeghers john johnson jones kaplan kaposi karnofsky kartagener kawasaki kerley kernig klinefelter klippel korsakoff krukenberg kruskal kussmaul lachman laennec lambert landau langerhans lennox lesch
        leventhal lewy leydig libman likert lindau lou lowenberg lund lynch lyon mallampati mallory mann marfan marie mcburney mcmurray meckel meier meniere mobitz monro moro morse munchausen murphy najjar nielsen nissen noonan norton
        nottingham nyhan osgood osler paget pancoast papanicolaou parkinson patau pearson perthes peutz peyronie phalen philadelphia pick pierre plummer pompe pott potter prader prinzmetal pugh quincke ramsay ranson raynaud recklinghausen
        reed reiter reye richter rinne robin romberg roth roux sachs sacks sanfilippo schatzki scheuermann schilling schlatter schlemm schmorl schober schonlein schoenlein schönlein schwann seldinger sertoli sheehan shy sjogren sjögren
        snellen sokolow spearman spurling starling stein sternberg stevens still stokes strauss sturge swan takayasu tay tietze tinel todd tommy tourette toxey treacher trendelenburg trousseau turner valsalva vinson virchow wada
        birt hogg dube cowden turcot muir torre loeys dietz vogt koyanagi harada marchiafava bignami creutzfeldt gerstmann straussler scheinker schuller letterer siwe erdheim rosai dorfman
        fleischner garden modic hoffa haglund lisfranc bosniak kellgren schatzker neer frykman pipkin galeazzi monteggia maisonneuve segond danis ideberg shouldice lichtenstein billroth ramstedt latarjet ponseti pavlik
        ilizarov outerbridge
        kikuchi fujimoto li fraumeni salter gustilo hermansky pudlak soulier blackfan hallervorden spatz pelizaeus merzbacher rothmund
        waldenstrom walker wallenberg wallis waterhouse weber wegener weiss wells wernicke west whipple white whitney wiedemann wilcoxon willebrand willi williams willis wilms wilson wiskott wolff wong yates zenker zollinger
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet();

    // Pairs of whom each alone is more often somebody.
    private static readonly WordSet Pairs = """
        ziehl-neelsen lowenstein-jensen dix-hallpike caldwell-luc bloom-richardson hosmer-lemeshow sengstaken-blakemore kubler-ross kübler-ross may-grunwald may-hegglin paul-bunnell weil-felix rose-waaler lange-hansen lauge-hansen anderson-hynes
        mann-whitney bland-altman cochran-armitage mantel-haenszel shapiro-wilk kolmogorov-smirnov newman-keuls scarff-bloom clopper-pearson cormack-lehane house-brackmann hunt-hess spetzler-martin fugl-meyer yale-brown
        army-navy jackson-pratt swan-ganz graham-steell austin-flint
        carey-coombs osler-weber weber-christian parkes-weber sturge-weber klippel-feil arnold-chiari dandy-walker budd-chiari mallory-weiss plummer-vinson zollinger-ellison peutz-jeghers cronkhite-canada rendu-osler hand-schuller steele-richardson
        richardson-olszewski marie-tooth roussy-levy dejerine-sottas dejerine-roussy lambert-eaton ramsay-hunt tolosa-hunt miller-fisher brown-sequard brown-séquard holmes-adie hess-lancaster
        marcus-gunn posner-schlossman axenfeld-rieger stevens-johnson gianotti-crosti birt-hogg louis-bar rubinstein-taybi smith-magenis smith-lemli lemli-opitz wolf-hirschhorn
        russell-silver beckwith-wiedemann saethre-chotzen treacher-collins hallermann-streiff freeman-sheldon holt-oram ellis-creveld jarcho-levin klippel-trenaunay osgood-schlatter legg-calve legg-perthes
        smith-petersen hill-sachs essex-lopresti salter-harris
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet();

    /// <summary>First word of what is joined by hyphens around <paramref name="index"/>, all with capitals.</summary>
    public static int JoinedFrom(TextScan scan, int index)
    {
        while (index > 0 && scan.GapAfter(index - 1) is "-" && IsJoinable(scan, index - 1))
        {
            index--;
        }

        return index;
    }

    /// <summary>Last word of what is joined by hyphens around <paramref name="index"/>, all with capitals.</summary>
    public static int JoinedTo(TextScan scan, int index)
    {
        while (index + 1 < scan.WordCount && scan.GapAfter(index) is "-" && IsJoinable(scan, index + 1))
        {
            index++;
        }

        return index;
    }

    /// <summary>True where the words, joined by hyphens, are those after whom medicine named something, or one of them that a number follows.</summary>
    public static bool AreJoined(TextScan scan, int first, int last)
    {
        if (last == first + 1 && scan.GapAfter(first) is "-" && Pairs.Contains(scan.Text[scan.Words[first].Start..scan.Words[last].End]))
        {
            return true;
        }

        for (var i = first; i <= last; i++)
        {
            if (!People.Contains(scan.WordText(i)) || (i < last && scan.GapAfter(i) is not "-"))
            {
                return false;
            }
        }

        return last > first || (last + 1 < scan.WordCount && scan.GapAfter(last) is " " && char.IsAsciiDigit(scan.WordText(last + 1)[0])
            && ((scan.Words[last + 1].IsMixed && (scan.Is(last, "foley") || !IsAgeAndSex(scan.WordText(last + 1)))) || (scan.Words[last + 1].Length <= 2 && scan.GapAfter(last + 1) is not (" " or "-"))));
    }

    // "Haglund 67M", "Turner 54yo": a patient; "Bosniak 2F" is a cyst, "Foley 16F" a catheter.
    private static bool IsAgeAndSex(ReadOnlySpan<char> word)
    {
        var digits = word.IndexOfAnyExceptInRange('0', '9');
        return digits is 2 or 3 && word[digits..] is "M" or "F" or "m" or "f" or "y" or "yo" or "yr" or "yrs" or "y.o" or "Y" or "YO" or "yoM" or "yoF" or "yom" or "yof";
    }

    private static bool IsOwnThing(TextScan scan, int first, int thing)
    {
        if (first > 0 && scan.GapAfter(first - 1) is " " or ". " or ": " && Addresses.Contains(scan.WordText(first - 1)))
        {
            return false;
        }

        var name = scan.WordText(first);
        if (name.Length + scan.WordText(thing).Length >= LongestPair)
        {
            return false;
        }

        Span<char> pair = stackalloc char[LongestPair];
        name.CopyTo(pair);
        pair[name.Length] = ' ';
        scan.WordText(thing).CopyTo(pair[(name.Length + 1)..]);
        return ThingsOfPeople.Contains(pair[..(name.Length + scan.WordText(thing).Length + 1)])
            || (scan.Is(thing, "type") && thing + 1 < scan.WordCount && scan.GapAfter(thing) is " " && !scan.WordText(thing + 1).ContainsAnyExcept('I', 'V') && Graders.Contains(name));
    }

    /// <summary>True for a person after whom medicine named something.</summary>
    public static bool IsPerson(ReadOnlySpan<char> word) => People.Contains(word);

    /// <summary>True for a word that what medicine names ends in: "syndrome", "fracture".</summary>
    public static bool IsThing(ReadOnlySpan<char> word) => Things.Contains(word);

    private static bool IsJoinable(TextScan scan, int index) => scan.Words[index] is { IsCapital: true, IsAlpha: true, Length: > 1 };

    /// <summary>True where a thing of medicine follows the words <paramref name="first"/> to <paramref name="last"/>, which are no given and family name.</summary>
    public static bool Names(TextScan scan, int first, int last)
    {
        var next = last + 1;
        if (next < scan.WordCount && scan.WordText(next) is "s" or "S" && scan.GapAfter(last) is "'")
        {
            next++;
        }

        // "Glasgow Coma Scale": a capital or two may stand between.
        var end = next + MostBetween;
        while (next < scan.WordCount && next < end && scan.GapAfter(next - 1) is " " && scan.Words[next].IsCapital && !Things.Contains(scan.WordText(next)))
        {
            next++;
        }

        if (next >= scan.WordCount || scan.GapAfter(next - 1) is not (" " or "-") || !(Things.Contains(scan.WordText(next)) || (first == last && IsOwnThing(scan, first, next))))
        {
            return false;
        }

        return last == first || scan.GapAfter(first) is not " " || (last == first + 1 && ((scan.Is(first, "tommy") && scan.Is(last, "john")) || (scan.Is(first, "lou") && scan.Is(last, "gehrig"))));
    }
}
