// What the .deb runs before it is removed: whoever sits at a terminal is asked, nobody else, and only "n" hands over to the program.
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const { askBeforeRemoval } = (await import(
  pathToFileURL(resolve(import.meta.dirname, '../../build/pack/linux.mjs')).href
)) as { readonly askBeforeRemoval: string }

const onLinux = test.skipIf(process.platform !== 'linux')

/** Runs it as dpkg would, with a program in place of su that writes down what it was told. @returns its words, and su's */
function removal(answer: string | undefined, more: Readonly<Record<string, string>>, suEndsWith = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'amt-uninstall-'))
  const script = join(folder, 'prerm')
  writeFileSync(script, `#!/bin/sh\nset -e\n${askBeforeRemoval}echo ended\n`)
  writeFileSync(join(folder, 'su'), `#!/bin/sh\nprintf '%s\\n' "$@" >'${folder}/told'\nexit ${suEndsWith}\n`)
  chmodSync(join(folder, 'su'), 0o755)
  const { SUDO_USER: _, DEBIAN_FRONTEND: __, ...kept } = process.env
  const env = { ...kept, ...more, PATH: `${folder}:${process.env.PATH}` }
  const words =
    answer === undefined
      ? execFileSync('sh', [script], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
      : execFileSync('script', ['-qec', `sh '${script}'`, '/dev/null'], { env, encoding: 'utf8', input: `${answer}\n` })
  const told = join(folder, 'told')
  return { words, told: existsSync(told) ? readFileSync(told, 'utf8').split('\n') : undefined }
}

const me = { SUDO_USER: userInfo().username }

onLinux('without a terminal, without a person behind sudo, or noninteractive: told how, and nothing is asked', () => {
  for (const { words, told } of [
    removal(undefined, me),
    removal('n', {}),
    removal('n', { ...me, DEBIAN_FRONTEND: 'noninteractive' })
  ]) {
    expect(words).toContain('amt-migrate store remove')
    expect(words).not.toContain('[Y/n]')
    expect(words).toContain('ended')
    expect(told).toBeUndefined()
  }
})

onLinux('on a terminal it asks; everything but "n" keeps all', () => {
  for (const answer of ['', 'y', 'what?']) {
    const { words, told } = removal(answer, me)
    expect(words).toContain(`settings of ${me.SUDO_USER}, and their keychain entries? [Y/n]`)
    expect(words).toContain('ended')
    expect(told).toBeUndefined()
  }
})

onLinux('"n" starts the removal as the person, in their session, with its own question still to come', () => {
  const { words, told } = removal('n', me)
  expect(told?.slice(0, 5)).toEqual(['-s', '/bin/sh', '-l', me.SUDO_USER, '-c'])
  const { uid } = userInfo()
  expect(told?.[5]).toBe(
    `XDG_RUNTIME_DIR=/run/user/${uid} DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/${uid}/bus exec /usr/bin/amt-migrate store remove`
  )
  expect(words).not.toContain('Not everything')
})

onLinux('a removal that is refused, or leaves something, is said, and the package goes all the same', () => {
  const { words } = removal('n', me, 1)
  expect(words).toContain('Not everything was removed; what stays, and why, is above')
  expect(words).toContain('ended')
})
