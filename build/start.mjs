// `npm start`: builds and opens the window; where there is no display, walks the sample import in the terminal instead.
// Arguments after `--` go to the application. AMT_HEADLESS=1 chooses the terminal.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { at, isHeadless, node24, root } from './paths.mjs'
import { openWindow, runAndWait } from './run.mjs'

const args = process.argv.slice(2)

function build(...parts) {
  const done = spawnSync(node24, [at('build/bundle.mjs'), ...parts], { cwd: root, stdio: 'inherit' })
  if (done.status !== 0) process.exit(done.status ?? 1)
}

function warnAboutNamespaces() {
  const setting = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns'
  if (!existsSync(setting) || readFileSync(setting, 'utf8').trim() !== '1') return
  console.log('This system restricts user namespaces (AppArmor). If the window does not open, its sandbox needs them:')
  console.log('an administrator can allow them with  sysctl kernel.apparmor_restrict_unprivileged_userns=0')
}

if (isHeadless()) {
  const practice = ['run', 'resources/sample.csv', '--practice', ...args]
  console.log(`No display here, so the practice import runs in the terminal: amt-migrate ${practice.join(' ')}`)
  build('programs')
  process.exit(await runAndWait([node24, at('dist/cli.cjs'), ...practice]))
} else {
  warnAboutNamespaces()
  build()
  process.exit(await openWindow(args))
}
