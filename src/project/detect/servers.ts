import { lineOf } from './files.ts'
import type { Detector } from './findings.ts'

/**
 * Signs of machines that a team rents and looks after itself. Kamal and Ansible name them; a Compose file for production or a
 * systemd unit only suggests them.
 */
export const detectServers: Detector = (files, found) => {
  for (const file of files.named('deploy.yml', 'deploy.yaml')) {
    const text = /(^|\/)config\/deploy\.ya?ml$/.test(file) ? files.text(file) ?? '' : ''
    if (/^service:/m.test(text) && /^servers:/m.test(text)) found.add('hosting', 'virtual-server', file, lineOf(text, /^servers:/m), 'statement')
  }
  for (const file of files.named('ansible.cfg')) found.add('hosting', 'virtual-server', file, 1, 'hint')
  for (const file of files.named('*.yaml', '*.yml').filter((path) => /(^|\/)(docker-)?compose[.-](prod|production)\.ya?ml$/.test(path))) found.add('hosting', 'virtual-server', file, 1, 'hint')
  // A unit that a package of the operating system brings along runs on machines of other people.
  const isPackaged = files.named('nfpm.yaml', 'nfpm.yml', '.goreleaser.yml', '.goreleaser.yaml', 'control', '*.spec').length > 0
  for (const file of isPackaged ? [] : files.named('*.service').filter((path) => !/(^|\/)(debian|rpm|deb|packaging|pkg|snap|contrib|src-tauri)\//.test(path))) {
    const text = files.text(file) ?? ''
    if (/^\[Service\]/m.test(text) && /^ExecStart=/m.test(text)) found.add('hosting', 'virtual-server', file, lineOf(text, /^ExecStart=/m), 'hint')
  }
}
