// What a person does with a package that was proved, for each kind of it.
import type { CheckedUpdate } from './file.ts'
import type { PackageKind } from './statement.ts'

const steps: Readonly<Record<PackageKind, (path: string) => string>> = {
  nsis: (path) => `Close the wizard, then start ${path}.`,
  portable: (path) => `Close the wizard, then put ${path} in the place of the program that runs now.`,
  dmg: (path) => `Close the wizard, open ${path}, and drag the program into Applications.`,
  zip: (path) => `Close the wizard, unpack ${path}, and move the program into Applications.`,
  AppImage: (path) => `Close the wizard, then put ${path} in the place of the AppImage that runs now.`,
  deb: (path) => `Close the wizard, then install it in a terminal: sudo apt install "${path}"`,
  rpm: (path) => `Close the wizard, then install it in a terminal: sudo dnf install "${path}"`,
  'tar.gz': (path) => `Close the wizard, then unpack ${path} in the place of the program that runs now.`
}

/** Two sentences: what was proved, and what to do now. */
export const checkedWords = ({ statement: { version, kind }, path }: CheckedUpdate): string =>
  `Version ${version} is signed by the publisher and whole. ${steps[kind](path)}`
