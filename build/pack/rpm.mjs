// An RPM out of the packed folder with rpmbuild, as the .deb is made with dpkg-deb: electron-builder would fetch fpm for it.
import { execFileSync } from 'node:child_process'
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { allowSandbox, beforeRemoval, layOut, name, refresh, stays, synopsis } from './linux.mjs'

const architectures = { x64: 'x86_64', arm64: 'aarch64' }
/** Fedora's names; others say the same by the libraries, so these are what they are found by. */
const libraries = ['libgtk-3.so.0', 'libnss3.so', 'libgbm.so.1', 'libasound.so.2', 'libsecret-1.so.0']
const suffix = process.arch === 'x64' || process.arch === 'arm64' ? '()(64bit)' : ''

/** In its scripts $1 counts the packages that are left: 0 is a removal, more an upgrade. */
const spec = (tree, version, level) => `Name: ${name}
Version: ${version}
Release: 1
Summary: ${synopsis}
License: Apache-2.0
${libraries.map((each) => `Requires: ${each}${suffix}`).join('\n')}
# What is inside is bundled: nobody else's programs are offered or asked for because of it, and nothing in it is rewritten.
AutoReqProv: no
%global __os_install_post %{nil}
%global debug_package %{nil}
%global _build_id_links none
%define _binary_payload w${level}.xzdio

%description
A wizard for field technicians: imports computers, proves which is which,
finds the right password, takes over, and keeps the evidence.

%install
cp -a "${tree}/." "%{buildroot}/"

%files
%dir /opt/${name}
/opt/${name}/*
/usr/bin/${name}
/usr/bin/amt-migrate
/usr/share/applications/${name}.desktop
/usr/share/mime/packages/${name}.xml
/usr/share/pixmaps/${name}.png

%post
${allowSandbox}${refresh}
%preun
if [ "$1" = 0 ]; then
  ${beforeRemoval}fi

%postun
${refresh}if [ "$1" = 0 ]; then
  ${stays}fi
`

/** @param {string} folder the packed one @param {string} output @param {{ version: string, release: boolean }} facts @returns {string} the file */
export function makeRpm(folder, output, { version, release }) {
  const tree = path.join(output, 'rpm-tree')
  const work = path.join(output, 'rpm-work')
  for (const each of [tree, work]) rmSync(each, { recursive: true, force: true })
  layOut(folder, tree, 'rpm')
  const plan = path.join(output, `${name}.spec`)
  // A dash divides version and release; a tilde leads up to a version, as in Debian.
  const inRpm = version.replace('-', '~')
  writeFileSync(plan, spec(tree, release ? inRpm : `${inRpm}~notforrelease`, release ? 6 : 0))
  const architecture = architectures[process.arch] ?? process.arch
  execFileSync('rpmbuild', ['-bb', '--quiet', '--target', architecture, '--define', `_topdir ${work}`, plan], {
    stdio: ['ignore', 'ignore', 'pipe']
  })
  const made = readdirSync(path.join(work, 'RPMS', architecture))[0]
  const file = path.join(output, `${name}-${version}-linux-${process.arch}.rpm`)
  renameSync(path.join(work, 'RPMS', architecture, made), file)
  for (const each of [tree, work, plan]) rmSync(each, { recursive: true, force: true })
  return file
}
