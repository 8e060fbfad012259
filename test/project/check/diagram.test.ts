import { expect, test } from 'vitest'
import { diagramFaults } from '../../../src/project/check/diagram.ts'
import { readDiagram } from '../../support/mermaid.ts'

const faultsIn = (text: string) => diagramFaults(text.split('\n').map((line, index) => ({ line: index + 1, text: line })), 1)

/** Diagrams as people write them. Mermaid draws each, so none may be reported. */
const drawn = [
  'flowchart LR\n  a --> b', 'graph TD\n  A[Client] --> B{Decide}\n  B -->|yes| C(Round)\n  B -- no --> D((Circle))', 'graph TD; A-->B; A-->C;', 'flowchart TB\n  a & b --> c & d',
  'flowchart LR\n  subgraph one["Group one"]\n    a --> b\n  end\n  subgraph two\n    direction TB\n    c\n  end\n  one --> two', 'flowchart LR\n  a[["sub"]] --> b[("db")] --> c(["stadium"]) --> d{{hex}}',
  'flowchart LR\n  a -.-> b\n  b -. text .-> c\n  c ==> d\n  d == text ==> e\n  e --- f\n  f --o g\n  g --x h\n  h <--> i', 'flowchart LR\n  %% a comment\n  a["with (brackets) and [more]"] --> b', 'flowchart LR\n  a:::hot --> b\n  classDef hot fill:#f00\n  style b fill:#fff\n  click a "https://example.com"',
  'flowchart LR\n  a>flag] --> b[/slant/] --> c[\\back\\]', 'flowchart LR\n  send["Send"] --> backend --> ended', 'flowchart LR\n  a ----> b\n  a -.....-> c\n  a ====> d', '---\ntitle: A title\n---\nflowchart LR\n  a --> b', '%%{init: {"theme": "dark"}}%%\nflowchart LR\n  a --> b',
  'flowchart LR\n  a["`**bold** text`"] --> b', 'flowchart LR\n  a1-->|text|b2\n  b2--text-->c3', 'flowchart\n  a', 'flowchart LR\n  a@{ shape: cyl, label: "db" } --> b', 'flowchart LR\n  a --> b --> c\n  linkStyle 0 stroke:#f00', 'flowchart LR\n  x["a"]-->y["b"]',
  'sequenceDiagram\n  participant A as Alice\n  A->>B: Hello\n  B-->>A: Hi\n  loop each minute\n    A->>B: ping\n  end\n  Note over A,B: a note', 'sequenceDiagram\n  autonumber\n  A->>+B: start\n  B-->>-A: done\n  alt good\n    A->>B: x\n  else bad\n    A->>B: y\n  end',
]

/** Diagrams that mermaid refuses, with the line that is wrong. */
const refused: readonly (readonly [string, number])[] = [
  ['', 1], ['flowchrt LR\n  a --> b', 1], ['no diagram at all', 1], ['flowchart XY\n  a --> b', 1], ['flowchart LR\n  a["open --> b', 2], ['flowchart LR\n  a[open --> b', 2], ['flowchart LR\n  a(round] --> b', 2], ['flowchart LR\n  a{odd --> b', 2],
  ['flowchart LR\n  a -->', 2], ['flowchart LR\n  --> b', 2], ['flowchart LR\n  a -> b', 2], ['flowchart LR\n  a => b', 2], ['flowchart LR\n  subgraph s["x"]\n  a', 2], ['flowchart LR\n  a --> b\n  end', 3], ['flowchart LR\n  a --> end', 2], ['flowchart LR\n  end --> b', 2],
  ['flowchart LR\n  a --> --> b', 2], ['flowchart LR\n  a["x"]; end"] --> b', 2], ['flowchart LR\n  a b c', 2], ['flowchart LR\n  a --> b]', 2],
  ['sequenceDiagram\n  A->>B', 2], ['sequenceDiagram\n  loop each\n  A->>B: x', 2], ['sequenceDiagram\n  A->>B: x\n  end', 3],
]

test.each(drawn.map((text) => [text]))('drawn by mermaid and not reported: %s', async (text) => {
  // The small build of mermaid tells what it read of flowcharts only; that it reads the others is enough.
  await readDiagram(text).catch((error: unknown) => { if (!/getVertices|is not a function/.test(String(error))) throw error })
  expect(faultsIn(text)).toEqual([])
})

test.each(refused)('refused by mermaid and reported: %s', async (text, line) => {
  await expect(readDiagram(text)).rejects.toThrow()
  expect(faultsIn(text)[0]?.line).toBe(line)
})
