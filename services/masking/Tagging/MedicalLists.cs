using Chaperone.Masking.Words;

namespace Chaperone.Masking.Tagging;

/// <summary>Lists of what medicine named after people, makers or nothing: "Kocher, Kelly, Babcock", "Fractures: Colles, Smith, Barton". Their words are nobody's, though each alone may be somebody.</summary>
internal static class MedicalLists
{
    private const int MostWords = 24;
    private const int LeastSure = 3;
    private const int NamesPerSure = 4;
    private const int LongestItem = 4;
    private const NameLists Common = NameLists.CommonGiven | NameLists.CommonFamily;

    // Before a colon they say what follows.
    private static readonly WordSet Heads = """
        signs syndromes diseases fractures instruments catheters tubes drains scores scales scoring eponyms vasculitis vasculitides reflexes maneuvers tests stains incisions retractors clamps forceps scissors sutures procedures repairs classifications
        brands drugs medications meds vaccines immunizations formulary insulins antibiotics inhalers statins contraceptives devices dressings formulas supplements diet diets contraindications interactions criteria bodies cells genes organisms
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet();

    // Eponyms of instruments, incisions, scores, signs, operations, stains, anatomy. Too many people are called so for them to say anything by themselves.
    private static readonly WordSet Namesakes = """
        kehr courvoisier janeway nikolsky levine lhermitte gottron auspitz leser trelat hampton westermark kerley battle lasegue lasègue patrick gaenslen ludloff apley hawkins jobe speed yergason obrien brien finkelstein froment wartenberg
        adson allis ortolani barlow thomas ober ely stinchfield simmonds moses pratt brodie cullen babcock kocher kelly debakey metzenbaum mayo weitlaner gelpi richardson deaver harrington balfour bookwalter bovie crile halsted kerrison penfield
        freer cobb hohmann bennett senn ragnell langenbeck farabeuf army navy poole frazier yankauer hasson veress pfannenstiel gibson lanz rutherford morison maylard joel lembert connell penrose jackson blake robinson malecot pezzer tiemann
        groshong broviac hickman tenckhoff quinton mahurkar dobhoff ewald levin salem sengstaken blakemore linton cantor minnesota miller macintosh magill guedel mapleson bain ayre tuohy whitacre sprotte jamshidi cope chiba franseen silverman
        ballard downes alvarado centor light duke wells geneva blatchford rockall maddrey gail katz lawton tinetti berg barthel rankin ashworth fugl beck young zung conners vanderbilt edinburgh clark breslow dubowitz tanner finnegan riker
        richmond cornell boston rochester killip forrester lown gold fletcher charlson elixhauser goldman lee hinchey forrest savary prague montreal truelove witts okuda milan barcelona fazekas evans pfirrmann meyerding risser tönnis crowe
        lawrence ficat arlet steinberg pauwels russell taylor winquist lauge hansen sanders anderson tscherne mason regan morrey bado fernandez mayfield rockwood kuhn goutallier hamada walch denis magerl thompson fuhrman bloom scarff lugano
        deauville cheson rai durie salmon dukes astler coller haggitt kudo paris bormann borrmann siewert lauren shimada chang spetzler martin hijdra simpson house brackmann cormack lehane brodsky friedman hosmer lemeshow
        kallmann bartter gitelman liddle conn wolfram alström alstrom bardet biedl laurence moon carney sipple werner werdnig hoffman kugelberg welander steinert emery dreifuss landouzy dejerine thomsen isaacs bickerstaff devic schilder balo marburg
        rasmussen dravet doose kleffner ohtahara aicardi rett angelman cornelia lange rubinstein taybi sotos weaver goldenhar moebius crouzon apert pfeiffer saethre chotzen carpenter alagille caroli byler rotor banti caplan lofgren heerfordt
        blau muckle schnitzler sweet cogan susac dressler lev lenegre loeffler uhl lutembacher shone holt oram creveld kearns sayre barth danon fabry hurler scheie morquio maroteaux lamy niemann sandhoff krabbe canavan leigh alpers menkes refsum
        zellweger batten lafora unverricht lundborg alexander cockayne gilford seckel silver laron menetrier boerhaave ogilvie chagas gardner cronkhite canada dieulafoy curling cameron bochdalek morgagni spigelian petit littre amyand garengeot
        bassini mcvay stoppa hartmann miles kasai toupet dor heller thal ivor lewis mckeown duhamel soave swenson ladd malone monti mitrofanoff kock brooke turnbull delorme altemeier ripstein burch marshall marchetti krantz manchester fothergill
        mcdonald shirodkar mcroberts woods zavanelli leopold pinard hegar chadwick goodell spalding couvelaire asherman meigs brenner bartholin skene gartner montgomery cooper hicks stokes adams romano ward andersen tawil lown ganong parkinson
        reinke waldeyer killian caldwell luc dix hallpike epley semont brandt daroff ludwig vincent eagle frey amsler ishihara schirmer goldmann jaeger fuchs bruch descemet bowman tenon zinn muller haab vossius arlt kayser fleischer salzmann
        terrien mooren coats eales stargardt best leber purtscher elschnig bitot widal weil felix wright giemsa ziehl neelsen grocott gomori masson verhoeff romanowsky kell duffy kidd lutheran diego westergren wintrobe lowenstein jensen mueller
        hinton thayer sabouraud bordet gengou tzanck schick mantoux kveim casoni paul bunnell rose waaler heinz howell jolly dohle döhle pelger huet auer alder reilly hegglin cabot pappenheimer dutcher mott kleihauer betke downey lepore
        lambl thebesian eustachian bachmann purkinje kent mahaim james judkins amplatz bernoulli teichholz fick hakki carpentier bentall david yacoub ross konno rastelli senning mustard jatene norwood glenn taussig waterston potts sano batista
        corrigan duroziez traube austin flint graham steell carey ewart douglas calot luschka heister vater oddi wirsung santorini glisson couinaud cantlie treves treitz poupart gimbernat hesselbach scarpa camper denonvilliers gerota toldt henle
        malpighi bertin galen rolando sylvius broca heschl magendie pacchioni labbe trolard rosenthal dorello gasser guyon hunter osborne struthers lister parona sibson langer bigelow gerdy chopart kager boyd dodd cockett palmer
        barton chauffeur boxer jefferson hangman chance tillaux cotton essex lopresti holstein malgaigne duverney stieda gosselin bertolotti kubler ross beers braun clunk sister mary joseph grey gray cronbach bland pearson youden brier
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet();

    /// <summary>True where the words <paramref name="first"/> to <paramref name="last"/> stand in such a list and are of a kind with its others.</summary>
    public static bool Hold(TextScan scan, int first, int last, NameModel model)
    {
        var given = false;
        var named = true;
        for (var i = first; i <= last; i++)
        {
            // "Lasix, Coreg, Nguyen"
            var lists = model.Find(scan.WordText(i));
            named &= (lists & (NameLists.Medical | NameLists.Word)) != 0 || IsNamesake(scan.WordText(i));
            if ((lists & Common) != 0 && !IsNamesake(scan.WordText(i)) && (lists & (NameLists.Medical | NameLists.Word)) == 0)
            {
                return false;
            }

            // "Allis, Kelly Jones"
            if (given && (lists & NameLists.CommonFamily) != 0 && scan.GapAfter(i - 1) is " " && !(i - first == 1 && scan.Is(first, "grey")))
            {
                return false;
            }

            given = (lists & NameLists.CommonGiven) != 0;
        }

        // "WBAT, Lovenox, Tagliaferro R TKA": what nobody knows is no patient only where it is an item by itself.
        if (!named && !IsItem(scan, first, last))
        {
            return false;
        }

        var count = default(Counts);
        Look(scan, first, -1, model, ref count);
        Look(scan, last, 1, model, ref count);
        return count.Separators > 0 && ((count.Headed && (named || count.Sure >= LeastSure - 1)) || (count.Sure >= LeastSure && count.Sure > count.Names * NamesPerSure)
            || (count is { Sure: LeastSure - 1, Names: 0, Separators: > 1 } && first == last && IsSure(scan.WordText(first), model.Find(scan.WordText(first)))));
    }

    private static bool IsNamesake(ReadOnlySpan<char> word) => Namesakes.Contains(word) || Eponyms.IsPerson(word);

    private static bool IsItem(TextScan scan, int first, int last) =>
        (first == 0 || scan.GapAfter(first - 1) is ", " or "; " or " / " or "/" or "," or ": " or " (" or ".\n" or ":\n" or "\n") && scan.GapAfter(last) is "" or ", " or " +, " or " -, " or "; " or " / " or "/" or "," or "." or ". " or ")" or " (" or ".\n" or "\n";

    private static bool IsSure(ReadOnlySpan<char> word, NameLists lists) => ((lists & NameLists.Medical) != 0 || IsNamesake(word)) && (lists & Common) == 0;

    // From the words of a find to one side, as far as the list goes.
    private static void Look(TextScan scan, int from, int step, NameModel model, ref Counts count)
    {
        var item = 0;
        for (var i = from + step; i >= 0 && i < scan.WordCount && Math.Abs(i - from) <= MostWords; i += step)
        {
            var gap = scan.GapAfter(Math.Min(i, i - step));
            if (gap is ", " or "; " or " / " or "/" or "," || (gap.Length is 3 or 4 && gap[^2] is ',' or ';' && !gap.ContainsAny("\n.:")))
            {
                count.Separators++;
                item = 0;
            }
            else if (gap is ": " or ":\n" && step < 0)
            {
                count.Headed |= Heads.Contains(scan.WordText(i)) || (Eponyms.IsThing(scan.WordText(i)) && scan.WordText(i)[^1] == 's');
                return;
            }
            else if (!(gap is " " or "-" or "'" or "' " or " & " or " (" or ") " or "), " or " + ") || ++item > LongestItem)
            {
                return;
            }

            var word = scan.Words[i];
            if (!word.IsCapital || !word.IsAlpha || word.Length < 3)
            {
                // "Turner, Williams, Prader-Willi syndromes"
                count.Headed |= step > 0 && count.Separators > 0 && scan.Words[i - 1].IsCapital && Eponyms.IsThing(scan.WordText(i)) && scan.WordText(i)[^1] == 's';
                continue;
            }

            var lists = model.Find(scan.WordText(i));
            var namesake = IsNamesake(scan.WordText(i));
            count.Sure += IsSure(scan.WordText(i), lists) ? 1 : 0;
            count.Names += !namesake && (lists & Common) != 0 && (lists & (NameLists.Word | NameLists.Medical)) == 0 ? 1 : 0;
        }
    }

    // What the others of a list are.
    private struct Counts
    {
        public int Separators;
        public int Sure;
        public int Names;
        public bool Headed;
    }
}
