import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { edit, testStack } from './stack.ts'

testStack({
  title: 'Bundler, programs of Debian behind gems of the sample', name: 'ruby', input: { stage: 'mvp' }, needs: ['bundle', '/usr/bin/rspec', '/usr/bin/rubocop'], without: ['Build'],
  breaks: [
    { what: 'a broken test', change: edit('lib/sum.rb', 'left + right', 'left - right'), fails: 'Test', says: /expected: 3\n\s+got: -1/ },
    { what: 'a rule of the linter', change: edit('lib/sum.rb', '    left + right', '   left + right'), fails: 'Lint', says: /Layout\/IndentationWidth/ },
    { what: 'a lock file that does not fit the Gemfile', change: (folder) => { appendFileSync(join(folder, 'Gemfile'), 'gem "rake", path: "bridges/rspec"\n') }, fails: 'Set up Ruby', says: /frozen|deployment mode/ },
  ],
})
