import { describe, expect, it } from "vitest";
import { blankTemplateTags } from "../../../../src/corpus/formats/markdown/template-tags.ts";
import { partsOf, readingOf } from "./reading-of.ts";

describe("Tags of templates", () => {
  it.each([
    ["Jekyll", "One.\n{% include x.html %}\nTwo {{ page.y }}words."],
    ["Hugo", 'One.\n\n{{< figure src="a.png" >}} {{% ref "b" %}}\n\nTwo words.'],
    ["Zola, over lines", "One.\n\n{{ video(\n  url=1\n) }}\n\nTwo words."],
    ["Templater", "One.\n\n<% tp.file.title %>\n\nTwo words."],
    ["Nunjucks", "One. {# not this #}\n\nTwo words."],
  ])("of %s are left out", (_what, source) => {
    expect(readingOf(source)).toEqual(["One.", "Two words."]);
  });

  it("end what they show or quote, blank lines and fences included", () => {
    const code = "{% highlight ruby %}\n\nputs 'Hi. There.'\n\n# No heading\n{% endhighlight %}";
    const quote = "{% blockquote Somebody %}\nNot mine.\n\nNor this.\n{% endblockquote %}";
    const source = `One here.\n${code}\n\n${quote}\nTwo {% comment %}or three{% endcomment %}there.`;
    expect(readingOf(source)).toEqual(["One here.", "Two there."]);
    expect(partsOf(source, "code")).toEqual([code]);
    expect(partsOf(source, "quotation")).toEqual([quote]);
  });

  it("may be addresses, of links, images and references", () => {
    const source =
      "See [it]({% post_url 2020-01-01-x %}), ![a]({{ b }}) and [that][2].\n\n[1]: /x\n[2]: {% post_url y %}\n[3]: /z\n";
    expect(readingOf(source)).toEqual(["See it, and that."]);
    expect(partsOf(source, "link")).toHaveLength(5);
  });

  it("lose nothing where they are not closed, or named in code", () => {
    expect(
      readingOf("{% highlight x %}\n\nMine.\n\nWrite `{% quote %}` here.\n\nOr `{% endquote %}`."),
    ).toEqual(["Mine.", "Write {% quote %} here.", "Or {% endquote %}."]);
  });

  it("are blanked in HTML, character by character", () => {
    const html = "<p>{{ a }}b{% code %}c{% endcode %}{ d</p>";
    expect(blankTemplateTags(html, "_")).toBe(`<p>${"_".repeat(7)}b${"_".repeat(24)}{ d</p>`);
    expect(readingOf(`${html}\n\n<p>More {{ of }}it.</p>`)).toEqual(["b{ d", "More it."]);
  });
});
