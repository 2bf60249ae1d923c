// `npm run test:soak`: three hundred devices of every personality, five in a hundred disturbed at any moment.
import { soak } from './soak.ts'

const [count = '300', seed = String(Date.now() % 100_000)] = process.argv.slice(2)
console.log(`${count} devices, seed ${seed}`)
const begun = performance.now()
const { disturbed, ends, mostRefused, wrong } = await soak(Number(count), Number(seed))
console.log(`${((performance.now() - begun) / 1000).toFixed(0)} s, ${disturbed} disturbances`)
for (const [end, number] of Object.entries(ends).sort(([, a], [, b]) => b - a)) console.log(`  ${number} ${end}`)
console.log(`most log-ins a device refused in a row: ${mostRefused} (budget 3, the firmware locks at 10)`)
for (const line of wrong) console.log(`WRONG: ${line}`)
console.log(wrong.length === 0 ? 'All ended done or in a named state; none was locked out.' : `${wrong.length} wrong`)
process.exit(wrong.length === 0 ? 0 : 1)
