import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { edit, testStack } from './stack.ts'

const debian = '/usr/share/maven-repo'

/** The same folders as Debian's Maven repository, with links to its files: Maven writes notes beside them. */
function link(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)]
    const is = statSync(source, { throwIfNoEntry: false })
    if (is?.isDirectory() === true) link(source, target)
    else if (is !== undefined) symlinkSync(source, target)
  }
}

testStack({
  title: 'Maven, packages of Debian', name: 'maven', input: { stage: 'mvp' }, needs: ['java', 'mvn'], without: ['Install from the lock file', 'Lint'],
  // The plugins and JUnit in the versions of Debian 12, which the sample names.
  packages: () => ['junit/junit/4.13.2', 'org/apache/maven/plugins/maven-compiler-plugin/3.10.1', 'org/apache/maven/plugins/maven-surefire-plugin/2.22.3', 'org/apache/maven/plugins/maven-jar-plugin/3.3.0', 'org/apache/maven/plugins/maven-resources-plugin/3.3.0'].every((path) => existsSync(join(debian, path))),
  home(folder) {
    link(debian, join(folder, '.m2/repository'))
    writeFileSync(join(folder, '.m2/settings.xml'), '<settings><offline>true</offline></settings>\n')
  },
  breaks: [
    { what: 'a broken test', change: edit('src/main/java/sample/Sum.java', 'left + right', 'left - right'), fails: 'Test', says: /SumTest\.adds:\d+ expected:<3> but was:<-1>/ },
    { what: 'code that does not compile', change: edit('src/main/java/sample/Sum.java', 'int left', 'String left'), fails: 'Test', says: /COMPILATION ERROR/ },
    { what: 'a dependency that nobody has', change: edit('pom.xml', '4.13.2', '4.99'), fails: 'Test', says: /junit:junit:jar:4\.99/ },
  ],
})
