// A Debian package out of the packed folder with dpkg-deb: electron-builder would fetch a tool for it that is not in Debian.
import { execFileSync } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'
import path from 'node:path'
import { sizeOf } from './check.mjs'
import { allowSandbox, askBeforeRemoval, layOut, maintainer, name, refresh, stays, synopsis } from './linux.mjs'

const architectures = { x64: 'amd64', arm64: 'arm64' }
/** Debian's names, and those with the suffix that newer releases have. */
const libraries = ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2', 'libsecret-1-0']
const depends = libraries.map((each) => `${each} | ${each}t64`).join(', ')

const control = (version, kilobytes) => `Package: ${name}
Version: ${version}
Section: admin
Priority: optional
Architecture: ${architectures[process.arch] ?? process.arch}
Depends: ${depends}
Installed-Size: ${kilobytes}
Maintainer: ${maintainer}
Description: ${synopsis}
 A wizard for field technicians: imports computers, proves which is which,
 finds the right password, takes over, and keeps the evidence.
`

/** What dpkg runs; $1 is what it is doing. An upgrade removes the old package, too, and that is no removal to a person. */
const scripts = {
  postinst: `#!/bin/sh\nset -e\n${allowSandbox}${refresh}`,
  prerm: `#!/bin/sh\nset -e\nif [ "$1" = remove ]; then\n${askBeforeRemoval}fi\n`,
  postrm: `#!/bin/sh\nset -e\n${refresh}if [ "$1" = purge ]; then\n  ${stays}fi\n`
}

/** @param {string} folder the packed one @param {string} output @param {{ version: string, release: boolean }} facts @returns {string} the file */
export function makeDeb(folder, output, { version, release }) {
  const tree = path.join(output, 'deb')
  rmSync(tree, { recursive: true, force: true })
  const put = layOut(folder, tree, 'deb')
  // Debian puts a tilde before what leads up to a version, too.
  const inDebian = version.replace('-', '~')
  put('DEBIAN/control', control(release ? inDebian : `${inDebian}~notforrelease`, Math.ceil(sizeOf(tree) / 1024)))
  for (const [script, text] of Object.entries(scripts)) {
    put(`DEBIAN/${script}`, text)
    chmodSync(path.join(tree, 'DEBIAN', script), 0o755)
  }
  const file = path.join(output, `${name}-${version}-linux-${process.arch}.deb`)
  // Higher levels cost a minute for a few megabytes.
  execFileSync('fakeroot', ['dpkg-deb', '--build', '-Zxz', `-z${release ? 6 : 0}`, tree, file], {
    stdio: ['ignore', 'ignore', 'inherit']
  })
  rmSync(tree, { recursive: true, force: true })
  return file
}
