// `npm run bench`: builds, then measures in a session of its own, because the grid is measured in the real window.
//   npm run bench -- wire intake     only these parts
import { spawnSync } from 'node:child_process'
import { at, node24, root } from './paths.mjs'
import { runTests } from './run.mjs'

const built = spawnSync(node24, [at('build/bundle.mjs')], { cwd: root, stdio: 'inherit' })
if (built.status !== 0) process.exit(built.status ?? 1)
process.exit(await runTests([node24, at('test/speed/run.ts'), ...process.argv.slice(2)], { screen: true }))
