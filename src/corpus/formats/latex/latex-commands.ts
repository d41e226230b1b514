import type { PartKind } from "../../document.ts";

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Commands that open a heading, with its level. */
export const headingCommands: ReadonlyMap<string, number> = new Map([
  ["part", 1],
  ["chapter", 1],
  ["section", 2],
  ["subsection", 3],
  ["subsubsection", 4],
  ["paragraph", 5],
  ["subparagraph", 6],
  ["frametitle", 2],
  ["framesubtitle", 3],
]);

/** Commands whose last argument is words of the sentence; what stands in the ones before it is none. */
export const wordCommands: ReadonlyMap<string, number> = new Map([
  ...words(
    `emph textbf textit textsl textsc textrm textsf textup textmd textnormal underline uline sout st hl text mbox fbox
     enquote textquote textsuperscript textsubscript so ul uppercase lowercase MakeUppercase MakeLowercase texorpdfstring
     alert gls Gls glspl Glspl acrshort acrlong acrfull ac acp Ac name footnotetext lettrine dropcap centerline
     ensuremath boldsymbol title term defn todo`,
  ).map((name) => [name, 1] as const),
  ["textcolor", 2],
  ["colorbox", 2],
  ["href", 2],
  ["hyperref", 1],
  ["parbox", 2],
  ["raisebox", 2],
  ["foreignlanguage", 2],
]);

/** Commands whose argument is shown as it stands: code, names of files. */
export const codeCommands: ReadonlySet<string> = new Set(
  words("texttt code lstinline nolinkurl path file command cmd verb"),
);

/** Commands whose argument stands on its own beside the text. */
export const asideCommands: ReadonlySet<string> = new Set(
  words("footnote caption captionof marginpar marginnote sidenote thanks"),
);

/** Commands of which no argument is text: references, sizes, settings, definitions. */
export const silentCommands: ReadonlySet<string> = new Set(
  words(
    `cite citep citet citealp citealt citeauthor citeyear citeyearpar parencite textcite autocite footcite footcites smartcite
     supercite fullcite nocite cites parencites autocites Cite Citet Citep Textcite Parencite Autocite shortcite citeNP
     ref pageref eqref autoref nameref cref Cref vref label hyperlink hypertarget index glsadd newacronym
     newglossaryentry input include includeonly subfile import bibliography bibliographystyle addbibresource printbibliography
     documentclass usepackage RequirePackage PassOptionsToPackage newcommand renewcommand providecommand DeclareMathOperator
     newenvironment renewenvironment newtheorem newcounter setcounter addtocounter stepcounter refstepcounter setlength
     addtolength newlength vspace hspace vskip hskip rule includegraphics includesvg graphicspath color definecolor
     pagestyle thispagestyle pagenumbering markboth markright addcontentsline addtocontents phantom hphantom vphantom
     hypersetup geometry lstset tikzset usetikzlibrary pgfplotsset captionsetup sisetup theoremstyle setbeamertemplate
     usetheme usecolortheme usefonttheme setbeamercolor setbeamerfont AtBeginSection url date author institute
     keywords tableofcontents lstinputlisting verbatiminput inputminted tikz draw node path bibitem selectlanguage fontsize
     linespread fontfamily selectfont setmainfont setsansfont setmonofont DeclareUnicodeCharacter makeatletter makeatother
     columnbreak vfill hfill includepdf todototoc si SI num qty ang ce def let newif protect leavevmode hyphenation
     stretch baselineskip parskip parindent today phantomsection epigraph movie animategraphics resizebox scalebox
     affil affiliation email orcid address subjclass PACS pdfbookmark externaldocument setstretch enlargethispage
     setkeys pgfmathsetmacro newcolumntype multirow multicolumn cline hline specialrule cmidrule pagebreak nopagebreak
     linebreak nolinebreak subtitle subject publishers dedication titlehead uppertitleback lowertitleback`,
  ),
);

/** Commands that stand for a sign or a word. */
export const shownCommands: ReadonlyMap<string, string> = new Map([
  ["ldots", "…"],
  ["dots", "…"],
  ["textellipsis", "…"],
  ["textendash", "–"],
  ["textemdash", "—"],
  ["LaTeX", "LaTeX"],
  ["LaTeXe", "LaTeX2e"],
  ["TeX", "TeX"],
  ["BibTeX", "BibTeX"],
  ["XeTeX", "XeTeX"],
  ["ss", "ß"],
  ["o", "ø"],
  ["O", "Ø"],
  ["l", "ł"],
  ["L", "Ł"],
  ["ae", "æ"],
  ["AE", "Æ"],
  ["oe", "œ"],
  ["OE", "Œ"],
  ["aa", "å"],
  ["AA", "Å"],
  ["i", "ı"],
  ["j", "ȷ"],
  ["S", "§"],
  ["P", "¶"],
  ["copyright", "©"],
  ["texttrademark", "™"],
  ["textregistered", "®"],
  ["pounds", "£"],
  ["euro", "€"],
  ["texteuro", "€"],
  ["textdollar", "$"],
  ["textbackslash", "\\"],
  ["textasciitilde", "~"],
  ["textasciicircum", "^"],
  ["textunderscore", "_"],
  ["textless", "<"],
  ["textgreater", ">"],
  ["textbar", "|"],
  ["textquotedblleft", "“"],
  ["textquotedblright", "”"],
  ["textquoteleft", "‘"],
  ["textquoteright", "’"],
  ["textdegree", "°"],
  ["degree", "°"],
  ["slash", "/"],
  ["quad", " "],
  ["qquad", " "],
  ["space", " "],
  ["newline", " "],
  ["eg", "e.g."],
  ["ie", "i.e."],
  ["etc", "etc."],
  ["etal", "et al."],
]);

/** Combining latexAccents by their commands. */
export const latexAccents: ReadonlyMap<string, string> = new Map([
  ["'", "\u0301"],
  ["`", "\u0300"],
  ["^", "\u0302"],
  ['"', "\u0308"],
  ["~", "\u0303"],
  ["=", "\u0304"],
  [".", "\u0307"],
  ["c", "\u0327"],
  ["v", "\u030c"],
  ["u", "\u0306"],
  ["H", "\u030b"],
  ["k", "\u0328"],
  ["r", "\u030a"],
  ["b", "\u0331"],
  ["d", "\u0323"],
]);

const environments: Readonly<
  Record<PartKind & ("math" | "code" | "table" | "image" | "quotation" | "html"), string>
> = {
  math: `equation align alignat flalign gather multline eqnarray displaymath math array split aligned gathered cases
    subequations dmath IEEEeqnarray tikzcd prooftree mathpar`,
  code: `verbatim Verbatim BVerbatim LVerbatim lstlisting minted alltt code algorithm algorithmic algorithm2e filecontents
    pycode cppcode listing sageblock`,
  table: "tabular tabularx tabulary longtable tabbing supertabular tblr",
  image: "tikzpicture picture pgfpicture pspicture axis forest circuitikz asy",
  quotation: "quote quotation displayquote verse dialogue",
  html: "comment thebibliography filecontents* CCSXML keywords IEEEkeywords",
};

/** Environments that hold no prose of the writer, with what they are. */
export const silentEnvironments: ReadonlyMap<string, PartKind> = new Map(
  Object.entries(environments).flatMap(([kind, names]) =>
    words(names).map((name) => [name, kind as PartKind] as const),
  ),
);
