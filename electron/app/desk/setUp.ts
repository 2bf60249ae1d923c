// Asks about certificates and pairs that computers are set up with.
import type { setUpAsks } from '../../../shared/contract/setUp.ts'
import { ok, type Result } from '../../../shared/problem.ts'
import type { Means } from '../../../shared/setUp.ts'
import type { Core } from '../../core.ts'
import type { MeansOf } from '../../setup/means.ts'
import { pairsText } from '../../setup/psk.ts'
import type { Desk } from '../ipc.ts'
import { allFiles, type Dialogs } from './dialogs.ts'

const certificateKind = { name: 'Provisioning certificate', extensions: ['pfx', 'p12', 'pem', 'crt', 'cer'] }
const pairsKind = { name: 'PID and PPS', extensions: ['csv', 'txt'] }

export function setUpDesk({ means, outOfBand, store }: Core, dialogs: Dialogs): Pick<Desk, keyof typeof setUpAsks> {
  const of = (practice: boolean): MeansOf => means[practice ? 'practice' : 'real']
  const then = async (practice: boolean, done: Result<unknown>): Promise<Result<Means>> =>
    done.ok ? of(practice).all() : done

  return {
    'setUp.read': ({ practice }) => of(practice).all(),
    async 'setUp.importCertificate'({ practice, password }) {
      const file = await dialogs.read([certificateKind, allFiles])
      if (!file.ok || file.value === null) return file.ok ? ok(null) : file
      return then(practice, await of(practice).importCertificate(file.value.bytes, password))
    },
    'setUp.forgetCertificate': async ({ practice, fingerprint }) =>
      then(practice, await of(practice).forgetCertificate(fingerprint)),
    async 'setUp.importPairs'({ practice }) {
      const file = await dialogs.read([pairsKind, allFiles])
      if (!file.ok || file.value === null) return file.ok ? ok(null) : file
      const { bytes, name } = file.value
      return then(practice, await of(practice).importPairs(new TextDecoder().decode(bytes), name))
    },
    'setUp.generatePairs': async ({ practice, count }) => then(practice, await of(practice).generatePairs(count)),
    'setUp.forgetPairs': async ({ practice, pids }) => then(practice, await of(practice).forgetPairs(pids)),
    async 'setUp.printPairs'({ practice }) {
      const pairs = await of(practice).pairsWithKeys()
      if (!pairs.ok) return pairs
      const saved = await dialogs.save('amt-pid-pps.csv', pairsKind, pairsText(pairs.value))
      if (saved.ok && saved.value) store.audit.append('pairs printed', { count: pairs.value.length })
      return saved
    },
    'job.setUp'({ importId, jobId }) {
      const chosen = outOfBand.choose(importId, jobId, 'a person chose it')
      return chosen.ok ? ok({}) : chosen
    }
  }
}
