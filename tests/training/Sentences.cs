using System.Text;
using System.Text.RegularExpressions;
using Chaperone.Masking.Tagging;

namespace Chaperone.Training;

/// <summary>Fills our own sentences with names, towns, drugs and terms, drawn from a seed.</summary>
internal sealed partial class Sentences(SourceLists lists, string templates)
{
    private static readonly string[] Facilities = ["{0} Hospital", "{0} Clinic", "{0} Medical Center", "{0} General Hospital", "{0} Health Center", "{0} Regional Medical Center", "{0} Children's Hospital", "{0} Memorial Hospital", "St. {1}'s Hospital", "Saint {1} Hospital", "Mercy Hospital, {0}", "{0} Med Ctr", "{0} Health", "Johns Hopkins", "Mayo Clinic", "Cleveland Clinic", "Mount Sinai", "Stanford", "UCLA", "UCSF", "NYU Langone", "Mass General", "Cedars-Sinai", "Kaiser Permanente", "{2} Clinic", "{2} Hospital", "{2} Medical Group", "{0} Cancer Center", "{0} Urgent Care", "{0} VA", "University of {0} Medical Center", "{0} Rehabilitation Center", "Baylor", "Duke", "Emory", "Northwestern"];
    private static readonly string[] Organisations = ["{0} Inc", "{0} Inc.", "{0} Corp", "{0} Ltd", "{0} LLC", "{0} Industries", "{0} Group", "{0} & Sons", "{0} Bank", "{0} Insurance", "{0} University", "{0} School", "{0} Foods", "{0} Analytics", "{0} and {1}", "Google", "Microsoft", "Amazon", "Walmart", "Aetna", "Cigna", "Humana", "UnitedHealthcare", "Blue Cross", "Acme Corp", "Globex", "Initech", "Target", "Apple", "Toyota", "Kroger", "Boeing", "FedEx", "Starbucks", "Yankees", "Lakers", "Red Cross", "Senate", "Ford"];
    private static readonly string[] Titles = ["Dr. ", "Dr ", "Mr. ", "Mrs. ", "Ms. ", "Miss ", "Prof. ", "Nurse ", "Professor "];
    // The line behind which the short texts stand.
    private const string ShortTexts = "---";

    private static readonly string[] States = ["CA", "NY", "TX", "FL", "IL", "OH", "MI", "PA", "WA", "MA", "Texas", "California", "Ohio", "Oregon", "Florida"];

    private static readonly string[] Science =
        ("Django Kafka Redis Azure Nvidia Tesla Grafana Jenkins Kubernetes Postgres Oracle Jira Confluence Figma Ansible Terraform Hadoop Spark Airflow Celery Flask Laravel Symfony Ubuntu Debian Fedora Ada Pascal Haskell Erlang Julia "
        + "Ruby Perl Swift Rust Elixir Jupyter Babel Maven Gradle Jasmine Mocha Chai Cypress Selenium Hudson Cassandra Gemini Alexa Siri Cortana Watson Vue Angular Svelte Nginx Apache Tomcat Consul Vault Nomad Packer Helm Argo Istio Envoy Linkerd "
        + "Prometheus Loki Tempo Jaeger Zipkin Kibana Logstash Elastic Splunk Datadog Sentry Travis Bamboo Artifactory Nexus Lambda Fargate Aurora Athena Bedrock Claude Llama Mistral Gemma Falcon Hopper Ampere Turing Volta Lovelace Xeon Ryzen "
        + "Epyc Snowflake Looker Tableau Excel Outlook Teams Slack Zoom Notion Trello Asana Monday Stripe Square Shopify Magento Drupal Joomla Epic Cerner Meditech Athena Allscripts Poisson Gauss Gaussian Bayes Bayesian Celsius Fahrenheit Kelvin "
        + "Newton Fourier Kaplan Meier Cox Fisher Student Wilcoxon Pearson Spearman Bonferroni Markov Monte Euler Boole Boolean Bernoulli Laplace Hamming Levenshtein Dijkstra Huffman Shannon Nyquist Hertz Ohm Pascal Joule Watt Volt Cartesian Fibonacci").Split(' ');

    private ulong _state = 0x9E3779B97F4A7C15;

    public IEnumerable<Sample> Make(int rounds)
    {
        var lines = templates.Split('\n').Where(l => l.Length > 0 && l[0] != '#').ToArray();
        var most = Array.IndexOf(lines, ShortTexts);
        lines = [.. lines.Where(l => l != ShortTexts)];
        for (var round = 0; round < rounds; round++)
        {
            // The short ones are many, and say less each.
            foreach (var line in round % 3 == 0 ? lines : lines[..most])
            {
                yield return Fill(line.Replace("\\n", "\n", StringComparison.Ordinal));
            }
        }
    }

    private Sample Fill(string template)
    {
        var text = new StringBuilder();
        var spans = new List<Sample.Span>();
        var read = 0;
        foreach (Match slot in Slot().Matches(template))
        {
            text.Append(template, read, slot.Index - read);
            read = slot.Index + slot.Length;
            var (value, tag, skip) = Value(slot.Groups[1].Value);
            if (tag != NameTag.Outside)
            {
                spans.Add(new Sample.Span(text.Length + skip, text.Length + value.Length, tag));
            }

            text.Append(value);
        }

        return new Sample(text.Append(template, read, template.Length - read).ToString(), spans);
    }

    private (string Value, NameTag Tag, int Skip) Value(string slot)
    {
        switch (slot)
        {
            case "P":
                return (Person(), NameTag.Person, 0);
            case "F":
                return (Pick(lists.Given), NameTag.Person, 0);
            case "L":
                return (Last(), NameTag.Person, 0);
            case "T":
                var title = Pick(Titles);
                return (title + (Next(3) == 0 ? Person() : Last()), NameTag.Person, title.Length);
            case "I":
                return ($"{Pick(lists.Given)} {(char)('A' + Next(26))}{(Next(5) == 0 ? "" : ".")}", NameTag.Person, 0);
            case "R":
                return ($"{Last()}, {Pick(lists.Given)}{(Next(3) == 0 ? $" {(char)('A' + Next(26))}." : "")}", NameTag.Person, 0);
            case "U":
                return ((Next(2) == 0 ? Person() : $"{Last()}, {Pick(lists.Given)}").ToUpperInvariant(), NameTag.Person, 0);
            case "S":
                return (Person().ToLowerInvariant(), NameTag.Person, 0);
            case "C":
                return (Cased(Pick(lists.Towns)), NameTag.Place, 0);
            case "CO":
                return (Cased(Pick(lists.Countries)), NameTag.Place, 0);
            case "ST":
                return (Pick(States), NameTag.Outside, 0);
            case "H":
                return (string.Format(null, Pick(Facilities), Pick(lists.Towns), Pick(lists.Given), Last()), NameTag.Place, 0);
            case "O":
                return (string.Format(null, Pick(Organisations), Last(), Last()), NameTag.Organisation, 0);
            case "X":
                return ($"{1 + Next(9999)} {Last()} {Pick(["Street", "St", "Ave", "Avenue", "Road", "Rd", "Drive", "Lane", "Blvd", "Court"])}", NameTag.Outside, 0);
            case "V":
                return (Pick(lists.Words), NameTag.Outside, 0);
            case "W":
                return (Capital(Pick(lists.Words)), NameTag.Outside, 0);
            case "Y":
                return (Capital(Pick(lists.NamesThatAreWords)), NameTag.Outside, 0);
            case "E":
                return (Pick(Science), NameTag.Outside, 0);
            case "D":
                var drug = Pick(lists.Medical["drug"]);
                return (Next(2) == 0 ? char.ToUpperInvariant(drug[0]) + drug[1..] : drug, NameTag.Outside, 0);
            case "B":
                return (Pick(lists.Medical["abbreviation"]), NameTag.Outside, 0);
            case "M":
                return (Pick(lists.Medical["term"]), NameTag.Outside, 0);
            case "K":
                return (Pick(lists.Medical["condition"]), NameTag.Outside, 0);
            case "A":
                return ($"{1 + Next(89)}", NameTag.Outside, 0);
            case "DT":
                return (Pick([$"{1 + Next(12)}/{1 + Next(28)}/20{10 + Next(16)}", $"20{10 + Next(16)}-0{1 + Next(9)}-{10 + Next(18)}", $"March {1 + Next(28)}, 20{10 + Next(16)}", $"Jan {1 + Next(28)}th, 20{10 + Next(16)}"]), NameTag.Outside, 0);
            default:
                return ($"{Next(100_000)}", NameTag.Outside, 0);
        }
    }

    private string Person() => Next(10) switch
    {
        0 => $"{Pick(lists.Given)} {(char)('A' + Next(26))}. {Last()}",
        1 => $"{Pick(lists.Given)} {Pick(lists.Given)} {Last()}",
        2 => $"{Pick(lists.Given)} {Pick(["de la", "van", "von", "de", "bin", "al", "van der", "da", "el"])} {Last()}",
        3 => $"{Pick(lists.Given)} {Last()}-{Last()}",
        4 => $"{Pick(lists.Given)} {Pick(["O'", "Mc", "Mac", "D'"])}{Last()}",
        5 => Next(4) == 0 ? $"{Pick(lists.Given)}{1 + Next(999)} {Last()}{1 + Next(999)}" : $"{Pick(lists.Given)} {Last()}",
        _ => $"{Pick(lists.Given)} {Last()}",
    };

    // Half of them unknown to the lists' common part, so that the tagger learns to read their surroundings.
    private string Last() => Next(12) == 0 ? Odd(Pick(lists.Family)) : Pick(lists.Family);

    private string Odd(string name) => name.Length > 4 ? name[..^2] + Pick(["ov", "ski", "ez", "sen", "ura", "anu", "ich", "oglu", "wala", "ian"]) : name;

    private string Cased(string place) => Next(12) switch
    {
        0 => place.ToUpperInvariant(),
        1 => place.ToLowerInvariant(),
        _ => place,
    };

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private T Pick<T>(IReadOnlyList<T> list) => list[Next(list.Count)];

    // Xorshift: the same on every machine and version.
    private int Next(int below)
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (int)((_state >> 33) % (ulong)below);
    }

    [GeneratedRegex(@"\{([A-Z]{1,2})\}")]
    private static partial Regex Slot();
}
