// What this program writes is for the person who runs it alone, and what it remembers is written nowhere when it crashes.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** Of util-linux, which every Linux with a desktop has. */
const limiter = '/usr/bin/prlimit'

/**
 * One byte is less than any dump of memory needs, so the kernel begins none; and unlike 0 it also holds where dumps are piped
 * into a program (core(5); the kernel takes 1 for a collector that crashed itself).
 */
const noDump = '--core=1:1'

/** The children of a process and theirs, as far as the kernel tells. */
function below(pid: number): number[] {
  const list = `/proc/${pid}/task/${pid}/children`
  const children = existsSync(list) ? readFileSync(list, 'utf8').trim().split(' ').filter(Boolean).map(Number) : []
  return children.flatMap((child) => [child, ...below(child)])
}

/**
 * To be called before anything is written: files for this user only, whatever the shell allows, and on Linux no core file of
 * this process, nor of those Chromium has forked before this line and those they will fork. macOS dumps nothing unless an
 * administrator asks for it; Windows knows no way to refuse from within.
 */
export function keepPrivate(): void {
  process.umask(0o077)
  if (process.platform !== 'linux' || !existsSync(limiter)) return
  for (const pid of [process.pid, ...below(process.pid)])
    spawnSync(limiter, [`--pid=${pid}`, noDump], { stdio: 'ignore' })
}
