import { diagramFaults } from '../diagram.ts'
import { rule, type Hit } from '../subject.ts'

/** Diagrams that would not be drawn, and code whose fence never closes. */
export const brokenDiagram = rule({
  id: 'broken-diagram', severity: 'error',
  about: 'A diagram that mermaid cannot draw, or a code block that swallows the rest of the document.',
  expected: 'a diagram that is drawn', next: 'Mend the line and look at the drawing.',
  check: ({ documents }) => documents.flatMap(({ blocks, file }) => blocks.flatMap(({ block }): readonly Hit[] => {
    if (block.kind !== 'code') return []
    if (!block.closed) return [{ file, line: block.line, found: 'a code block that is never closed', expected: 'a closing fence', next: 'Close it: all that follows reads as code.' }]
    return block.language === 'mermaid' ? diagramFaults(block.body, block.line).map(({ line, problem }) => ({ file, line, found: problem })) : []
  })),
})
