// A Debian package out of the packed folder with dpkg-deb: electron-builder would fetch a tool for it that is not in Debian.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { at } from '../paths.mjs'
import { sizeOf } from './check.mjs'

const name = 'amt-migration-wizard'
const home = `opt/${name}`
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
Maintainer: AMT Migration Wizard authors <authors@amt-migration-wizard.invalid>
Description: Takes Intel AMT computers over from another management solution
 A wizard for field technicians: imports computers, proves which is which,
 finds the right password, takes over, and keeps the evidence.
`

const entry = `[Desktop Entry]
Type=Application
Name=AMT Migration Wizard
Comment=Takes Intel AMT computers over from another management solution
Exec=/${home}/${name} %f
Icon=${name}
Categories=System;
Terminal=false
`

/** @param {string} folder the packed one @param {string} output @param {{ version: string, release: boolean }} facts @returns {string} the file */
export function makeDeb(folder, output, { version, release }) {
  const tree = path.join(output, 'deb')
  rmSync(tree, { recursive: true, force: true })
  const put = (file, text) => {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true })
    writeFileSync(path.join(tree, file), text)
  }
  cpSync(folder, path.join(tree, home), { recursive: true })
  put(`usr/share/applications/${name}.desktop`, entry)
  mkdirSync(path.join(tree, 'usr/share/pixmaps'), { recursive: true })
  cpSync(at('resources/wizard.png'), path.join(tree, `usr/share/pixmaps/${name}.png`))
  mkdirSync(path.join(tree, 'usr/bin'), { recursive: true })
  for (const command of [name, 'amt-migrate']) symlinkSync(`/${home}/${command}`, path.join(tree, 'usr/bin', command))
  put('DEBIAN/control', control(release ? version : `${version}~notforrelease`, Math.ceil(sizeOf(tree) / 1024)))
  const file = path.join(output, `${name}-${version}-linux-${process.arch}.deb`)
  // Higher levels cost a minute for a few megabytes.
  execFileSync('fakeroot', ['dpkg-deb', '--build', '-Zxz', `-z${release ? 6 : 0}`, tree, file], {
    stdio: ['ignore', 'ignore', 'inherit']
  })
  rmSync(tree, { recursive: true, force: true })
  return file
}
