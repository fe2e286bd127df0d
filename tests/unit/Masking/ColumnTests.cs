namespace Chaperone.Masking.Tests;

/// <summary>Columns whose key or header does not tell: their cells decide together.</summary>
public sealed class ColumnTests
{
    [Theory]
    [InlineData("""[{"col3":"Maria Gonzalez","n":1},{"col3":"Okonkwo Ifeoma","n":2},{"col3":"James Wilson","n":3},{"col3":"zq Vtx","n":4}]""", """[{"col3":"[NAME]","n":1},{"col3":"[NAME]","n":2},{"col3":"[NAME]","n":3},{"col3":"[NAME]","n":4}]""")]
    [InlineData("""[{"v":{"a":"Smith, John"}},{"v":{"a":"Garcia, Ana"}},{"v":{"a":"Nguyen, Thi"}}]""", """[{"v":{"a":"[NAME]"}},{"v":{"a":"[NAME]"}},{"v":{"a":"[NAME]"}}]""")]
    [InlineData("""[["c1","c2"],["Jennifer","x"],["Michael","y"],["Priya","z"]]""", """[["c1","c2"],["[NAME]","x"],["[NAME]","y"],["[NAME]","z"]]""")]
    [InlineData("""{"list":["Linda Brown","Robert Jones","Xq Tzzv"]}""", """{"list":["[NAME]","[NAME]","[NAME]"]}""")]
    [InlineData("""[{"x":"Springfield, IL"},{"x":"Dover, DE"},{"x":"Boise, ID"},{"x":"Upper Qzt"}]""", """[{"x":"[CITY]"},{"x":"[CITY]"},{"x":"[CITY]"},{"x":"[CITY]"}]""")]
    [InlineData("""[{"x":"2021-03-04"},{"x":"2021-04-05"},{"x":"2021-05-06"},{"x":"03.2021 (late)"}]""", """[{"x":"2021-01-01"},{"x":"2021-01-01"},{"x":"2021-01-01"},{"x":"[DATE]"}]""")]
    [InlineData("""[{"c":"Maria Gonzalez","d":"AB12345"},{"c":"James Wilson","d":"AB12399"},{"c":"Linda Brown","d":"AC55512"}]""", """[{"c":"[NAME]","d":"[ID]"},{"c":"[NAME]","d":"[ID]"},{"c":"[NAME]","d":"[ID]"}]""")]
    [InlineData("""[{"gender":"f","d":8812345},{"gender":"m","d":8812399},{"gender":"f","d":8855512}]""", """[{"gender":"f","d":0},{"gender":"m","d":0},{"gender":"f","d":0}]""")]
    public void Json_CellsThatAgree_MaskTheColumn(string json, string masked) => Assert.Equal(masked, MaskingBench.Json(json));

    [Theory]
    [InlineData("""[{"department":"Grace"},{"department":"Madison"},{"department":"Austin"}]""")]
    [InlineData("""[{"drug":"Allegra"},{"drug":"Celexa"},{"drug":"Lipitor"}]""")]
    [InlineData("""{"medications":[{"name":"Metformin"},{"name":"Lisinopril"},{"name":"Atorvastatin"}]}""")]
    [InlineData("""[{"col1":"Metformin"},{"col1":"Lisinopril"},{"col1":"Atorvastatin"},{"col1":"Warfarin"}]""")]
    [InlineData("""[{"col1":"Cardiology"},{"col1":"Oncology"},{"col1":"Emergency"},{"col1":"Pediatrics"}]""")]
    [InlineData("""[{"col1":"Type 2 diabetes"},{"col1":"Acute Bronchitis"},{"col1":"Parkinson Disease"},{"col1":"Essential Hypertension"}]""")]
    [InlineData("""[{"x":"Texas"},{"x":"Georgia"},{"x":"Virginia"},{"x":"Ohio"}]""")]
    [InlineData("""[{"x":"Hemoglobin A1c","v":7.1},{"x":"Creatinine","v":1.1},{"x":"Sodium","v":140}]""")]
    [InlineData("""[{"sku":"AB12345"},{"sku":"AB12399"},{"sku":"AC55512"}]""")]
    [InlineData("""["public","private","internal"]""")]
    [InlineData("""[{"k":"Lipitor"},{"k":"Plavix"},{"k":"Nexium"},{"k":"Xarelto"},{"k":"Humira"}]""")]
    [InlineData("""[{"k":"Staphylococcus aureus"},{"k":"Escherichia coli"},{"k":"Klebsiella pneumoniae"}]""")]
    [InlineData("""[{"k":"Johnson & Johnson"},{"k":"Pfizer"},{"k":"Merck"},{"k":"Abbott"}]""")]
    [InlineData("""[{"k":"Parkinson"},{"k":"Alzheimer"},{"k":"Crohn"},{"k":"Graves"}]""")]
    [InlineData("""[{"k":"Red"},{"k":"Green"},{"k":"Brown"},{"k":"Gray"}]""")]
    [InlineData("""[{"k":"Metoprolol Tartrate"},{"k":"Amlodipine Besylate"},{"k":"Sertraline"}]""")]
    [InlineData("""[{"gender":"f","total":100},{"gender":"m","total":200},{"gender":"f","total":300}]""")]
    public void Json_ColumnsOfThings_Stay(string json) => Assert.Equal(json, MaskingBench.Json(json));

    [Theory]
    [InlineData("c1,c2\nMaria Gonzalez,7\nOkonkwo Ifeoma,9\nJames Wilson,3\n", "c1,c2\n[NAME],7\n[NAME],9\n[NAME],3\n")]
    [InlineData("Maria Gonzalez,x,7\nZqy Vtx,y,9\nJames Wilson,z,3\nLinda Brown,z,3\n", "[NAME],x,7\n[NAME],y,9\n[NAME],z,3\n[NAME],z,3\n")]
    [InlineData("| mrn | x |\n|---|---|\n| 4431 | Okonkwo Ifeoma |\n| 4432 | Linda Brown |\n| 4433 | James Wilson |\n", "| mrn | x |\n|---|---|\n| 0000 | [NAME] |\n| 0000 | [NAME] |\n| 0000 | [NAME] |\n")]
    [InlineData(" a |      b      \n---+-------------\n 1 | Jennifer    \n 2 | Michael     \n 3 | Robert      \n(3 rows)\n", " a |      b      \n---+-------------\n 1 | [NAME]    \n 2 | [NAME]     \n 3 | [NAME]      \n(3 rows)\n")]
    public void Tables_CellsThatAgree_MaskTheColumn(string table, string masked) => Assert.Equal(masked, MaskingBench.Text(table));

    [Theory]
    [InlineData("a,b,c\nMetformin,500 mg,7\nLisinopril,10 mg,9\nAtorvastatin,20 mg,3\n")]
    [InlineData("1,2,3\n4,5,6\n7,8,9\n")]
    public void Tables_OfThings_Stay(string table) => Assert.Equal(table, MaskingBench.Text(table));

    /// <summary>A quote that opens no cell must not swallow the rows behind it.</summary>
    [Theory]
    [InlineData("first_name,height,mrn\nAnn,5' 10\",4431A\nBo,6\",4432B\nCy,5\",4433C\n")]
    [InlineData("first_name,note,mrn\nAnn,\"tall,4431A\nBo,\"small\" one,4432B\nCy,x,4433C\n")]
    public void Csv_StrayQuotes_HideNoRow(string table)
    {
        var masked = MaskingBench.Text(table);

        foreach (var secret in (string[])["Ann", "Bo", "Cy", "4431A", "4432B", "4433C"])
        {
            Assert.DoesNotContain(secret, masked, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Columns_MaskedOnce_AreMaskedTheSameTwice()
    {
        var once = MaskingBench.Json("""[{"a":"Maria Gonzalez","b":"AB12345"},{"a":"James Wilson","b":"AB12399"},{"a":"Cardiology","b":"AC55512"}]""");

        Assert.Equal(once, MaskingBench.Json(once));
    }
}
