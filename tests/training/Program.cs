using System.Diagnostics;
using Chaperone.Training;

// make train: learns the tagger's weights from the labelled sets, the fetched lists and our own sentences. By default one
// half of the clinical and templated sets is kept to measure with; --all learns from both, which is what ships.
var data = Option("--data", "../shared/phi-data");
var folder = Option("--folder", "tests/training");
var target = Option("--out", "services/masking/Tagging/names.model");
var passes = int.Parse(Option("--passes", "10"), System.Globalization.CultureInfo.InvariantCulture);
var rounds = int.Parse(Option("--rounds", "120"), System.Globalization.CultureInfo.InvariantCulture);

var all = args.Contains("--all");

var clock = Stopwatch.StartNew();
var lists = SourceLists.Read(Path.Combine(folder, "obj", "sources"), Path.Combine(folder, "medical.txt"));
var table = lists.ToTable();
var samples = new List<Sample>();
foreach (var (file, times, most) in DataSets.Sets)
{
    var read = DataSets.Read(data, file, learn: true, all).Take(all ? most * 2 : most).ToArray();
    for (var i = 0; i < times; i++)
    {
        samples.AddRange(read);
    }
}

var own = new Sentences(lists, File.ReadAllText(Path.Combine(folder, "templates.txt"))).Make(rounds).ToArray();
samples.AddRange(own);

// Chat and old systems write all in small letters or all in capitals.
var written = samples.Count;
for (var i = 0; i < written; i++)
{
    if (i % 3 == 0)
    {
        samples.Add(samples[i] with { Text = samples[i].Text.ToLowerInvariant() });
    }
    else if (i % 20 == 1)
    {
        samples.Add(samples[i] with { Text = samples[i].Text.ToUpperInvariant() });
    }
}
Console.WriteLine($"{lists.Given.Count} given, {lists.Family.Count} family, {lists.Towns.Count} towns, {lists.Countries.Count} countries; {samples.Count} samples, {own.Length} of them our own; {clock.Elapsed.TotalSeconds:0.0} s");

var trainer = new Trainer(table);
var order = Enumerable.Range(0, samples.Count).ToArray();
var random = 88172645463325252UL;
for (var pass = 1; pass <= passes; pass++)
{
    for (var i = order.Length - 1; i > 0; i--)
    {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        var other = (int)(random % (ulong)(i + 1));
        (order[i], order[other]) = (order[other], order[i]);
    }

    var wrong = order.Sum(i => trainer.Learn(samples[i]));
    Console.WriteLine($"pass {pass}: {wrong} wrong; {clock.Elapsed.TotalSeconds:0.0} s");
}

var model = trainer.ToModel();
File.WriteAllBytes(target, model.ToBytes());
Console.WriteLine($"{target}: {new FileInfo(target).Length / 1024} KB");
foreach (var (file, _, _) in DataSets.Sets.Skip(5))
{
    Measured.Of(model, DataSets.Read(data, file, learn: false)).Print(file);
}

string Option(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;
