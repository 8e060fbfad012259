import { edit, testStack, type Break } from './stack.ts'

const scanners = { 'Look for secrets in the commits': 'the program comes with its action alone' }
const audit = { 'Check dependencies for known vulnerabilities': 'the registry that this machine reaches answers no audit' }

const brokenTest: Break = { what: 'a broken test', change: edit('src/add.js', 'left + right', 'left - right'), fails: 'Test', says: /adds/ }
const brokenLint: Break = { what: 'a file that is not formatted', change: edit('src/add.js', '=> left', '=>   left'), fails: 'Lint', says: /Code style issues found/ }
const otherLock = (says: RegExp): Break => ({ what: 'a lock file that does not fit package.json', change: edit('package.json', '"prettier": "3.10.1"', '"prettier": "3.9.0"'), fails: 'Install from the lock file', says })

testStack({
  title: 'npm and TypeScript', name: 'npm', input: { stage: 'mvp' }, needs: ['npm'],
  breaks: [
    { what: 'a broken test', change: edit('src/add.ts', 'left + right', 'left - right'), fails: 'Test', says: /not ok|✖ adds/ },
    { what: 'a rule of the linter', change: edit('src/add.ts', 'export const add', 'debugger\nexport const add'), fails: 'Lint', says: /no-debugger/ },
    { what: 'a wrong type', change: edit('src/add.ts', '): number', '): string'), fails: 'Lint', says: /TS2322/ },
    { what: 'a lock file that does not fit package.json', change: edit('package.json', '"eslint": "10.15.0"', '"eslint": "10.14.0"'), fails: 'Install from the lock file', says: /package.json and package-lock.json .* are in sync/ },
  ],
})
testStack({ title: 'pnpm', name: 'pnpm', input: { stage: 'mvp' }, needs: ['npm'], breaks: [brokenTest, brokenLint, otherLock(/ERR_PNPM_OUTDATED_LOCKFILE/)] })
testStack({ title: 'Yarn 1', name: 'yarn', input: { stage: 'mvp' }, needs: ['npm'], breaks: [brokenTest, brokenLint, otherLock(/lockfile needs to be updated/)] })
testStack({ title: 'Yarn 4', name: 'yarn-berry', input: { stage: 'mvp' }, needs: ['npm'], breaks: [brokenTest, brokenLint, otherLock(/YN0028/)] })
testStack({ title: 'Bun', name: 'bun', input: { stage: 'mvp' }, needs: ['npm'], breaks: [brokenTest, brokenLint, otherLock(/lockfile had changes, but lockfile is frozen/)] })
testStack({
  title: 'a workspace of pnpm and Turborepo, one job a check', name: 'workspace', input: { stage: 'growth' }, needs: ['npm'], cannotRun: { ...scanners, ...audit },
  breaks: [
    { what: 'a broken test of another package', change: edit('packages/math/src/add.js', 'left + right', 'left - right'), fails: 'Test', says: /adds/ },
    { what: 'a file that is not formatted', change: edit('apps/api/src/total.js', '=> numbers', '=>   numbers'), fails: 'Lint', says: /Code style issues found/ },
  ],
})
