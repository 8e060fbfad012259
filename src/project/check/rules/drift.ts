import { rule } from '../subject.ts'
import { judgements } from '../drift.ts'

/** What a document says and the repository shows otherwise. */
export const drift = rule({
  id: 'drift', severity: 'error',
  about: 'A document and the repository part ways: it names one thing, and the files show another.',
  expected: 'documents that say what the code does', next: 'Change the document, or the code, so that both say the same.',
  check: (subject) => judgements(subject).filter(({ verdict }) => verdict !== 'implemented' && verdict !== 'undecidable').map(({ claim, verdict, severity, evidence, shown, found, next }) => ({
    file: claim.file, line: claim.line, verdict, severity: severity ?? (verdict === 'contradicted' ? 'error' : verdict === 'partial' ? 'warning' : 'info'),
    found, ...(shown && { expected: shown }), ...(next && { next }), ...(evidence && { other: { file: evidence.file, line: evidence.line } }),
  })),
})
