import { edit, testStack } from './stack.ts'

testStack({
  title: 'Composer, programs of Debian behind packages of the sample', name: 'php', input: { stage: 'mvp' }, needs: ['php', 'composer', '/usr/bin/phpunit', '/usr/bin/phpcs'], without: ['Build'],
  breaks: [
    { what: 'a broken test', change: edit('src/Sum.php', '$left + $right', '$left - $right'), fails: 'Test', says: /Failed asserting that -1 is identical to 3/ },
    { what: 'a rule of the linter', change: edit('src/Sum.php', '    {\n        return', '    {\n    return'), fails: 'Lint', says: /Line indented incorrectly/ },
    { what: 'a lock file that does not fit composer.json', change: edit('composer.json', '"^9.6"', '"^10.0"'), fails: 'Install from the lock file', says: /lock file/ },
  ],
})
