import type { Detector } from './findings.ts'
import { lineOf } from './files.ts'

/** Server and window libraries of Rust: a program that uses one is no command for a terminal. */
const rustServers = /^(?:axum|actix-web|rocket|warp|poem|tonic|hyper|tauri|bevy|iced|egui|dioxus|leptos|yew)\s*[.=]/m

/** What runs without a web framework: games, programs of Rust, and applications made with Xcode. */
export const detectNative: Detector = (files, found) => {
  for (const file of files.named('ProjectVersion.txt').filter((path) => /(^|\/)ProjectSettings\/ProjectVersion\.txt$/.test(path))) {
    found.add('stack', 'unity', file, 1, 'statement')
    found.add('clients', 'game', file, 1)
  }
  for (const file of files.named('project.godot', '*.uproject')) {
    found.add('stack', file.endsWith('.uproject') ? 'unreal' : 'godot', file, 1, 'statement')
    found.add('clients', 'game', file, 1)
  }
  for (const file of files.named('Cargo.toml')) {
    const text = files.text(file) ?? ''
    const isProgram = /^\[\[bin\]\]/m.test(text) || files.paths.includes(file.replace(/Cargo\.toml$/, 'src/main.rs'))
    for (const [name, tool] of [['diesel', 'diesel'], ['sqlx', 'sqlx'], ['sea-orm', 'sea-orm']] as const) {
      const named = new RegExp(`^${name}\\s*[.=]`, 'm')
      if (named.test(text)) found.add('existing', tool, file, lineOf(text, named))
    }
    if (isProgram && !rustServers.test(text)) found.add('clients', 'cli', file, /^\[\[bin\]\]/m.test(text) ? lineOf(text, /^\[\[bin\]\]/m) : 1, 'hint')
  }
  // Flutter and React Native make a project for Xcode of their own, in `ios` and `macos`.
  for (const file of files.named('project.pbxproj').filter((path) => !/(^|\/)(ios|macos)\//.test(path))) {
    const text = files.text(file) ?? ''
    const phones = /SDKROOT = iphoneos|TARGETED_DEVICE_FAMILY/
    found.add('stack', 'swift', file, 1)
    found.add('clients', phones.test(text) ? 'ios' : 'desktop', file, lineOf(text, phones.test(text) ? phones : /SDKROOT = macosx/))
  }
}
