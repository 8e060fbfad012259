import { parser } from 'typescript-eslint'

export default [{ ignores: ['build/', 'dist/'] }, { files: ['**/*.ts'], languageOptions: { parser }, rules: { 'no-var': 'error', 'no-debugger': 'error' } }]
