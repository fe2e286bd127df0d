namespace Chaperone.TestKit.Elastic;

/// <summary>The one error whose body is a sentence and not an object.</summary>
internal sealed class FakeContentTypeError(string sentence) : Exception(sentence);
