// Signing requests of devices that wait for somebody else's authority: given out as one file, certificates brought back in.
import { createHash } from 'node:crypto'
import type { Import } from '../shared/contract/views.ts'
import type { Job } from '../shared/job.ts'
import { fail, ok, type Result } from '../shared/problem.ts'
import type { Imports } from './imports.ts'
import { keyOf } from './provision/settings/certificateStore.ts'
import { certificatesIn } from './setup/certificateFile.ts'
import type { SigningRequest } from './store/certificates.ts'
import type { Store } from './store/store.ts'

export interface Signing {
  /** All requests of an import that wait for their certificate, in one PEM file (RFC 7468), and the name to offer for it. */
  requests(importId: string): Result<{ name: string; text: string }>
  /**
   * Takes certificates (PEM or DER) for the requests of this import, told apart by their keys, and sets those jobs to
   * work again. Problem certificate-unreadable when none fits.
   */
  take(importId: string, bytes: Uint8Array): Promise<Result<Import>>
}

/** Thumbprint of a public key in Base64. */
const thumbOf = (key: string): string => createHash('sha256').update(key, 'base64').digest('hex')

interface Waiting {
  readonly job: Job
  readonly request: SigningRequest
}

/** Signing over the jobs of a store. */
export function signingOf({ store, imports }: { readonly store: Store; readonly imports: Imports }): Signing {
  function waiting(importId: string): readonly Waiting[] {
    return store.jobs.of(importId).flatMap((job) => {
      const request = store.certificates.request(job.computer.guid)
      const waits = job.state === 'person' && job.problem?.code === 'certificate-unsigned'
      return waits && request !== undefined ? [{ job, request }] : []
    })
  }

  return {
    requests(importId) {
      const all = waiting(importId)
      if (all.length === 0) return fail('nothing-to-sign')
      const text = all.map(({ job, request }) => `${job.computer.fqdn || job.computer.name}\n${request.request}\n`)
      return ok({ name: 'signing-requests.pem', text: text.join('\n') })
    },
    async take(importId, bytes) {
      const read = certificatesIn(bytes)
      if (!read.ok) return read
      const given = read.value.filter(({ ca }) => !ca).map((each) => ({ each, key: thumbOf(keyOf(each.raw) ?? '') }))
      const signed = waiting(importId).flatMap(({ job, request }) => {
        const over = given.filter(({ key }) => key === request.key).map(({ each }) => each)
        // A file may hold several over one key: an older one, or (in practice, where devices share keys) another device's.
        const certificate = over.find((each) => each.checkHost(job.computer.fqdn) !== undefined) ?? over.at(-1)
        return certificate ? [{ job, certificate }] : []
      })
      if (signed.length === 0)
        return fail('certificate-unreadable', {
          values: { why: 'None of the certificates in the file is over a key of the computers that wait.' }
        })
      store.together(() => {
        for (const { job, certificate } of signed) {
          const about = { importId, jobId: job.id, computer: job.computer.name }
          store.certificates.change(job.computer.guid, { certificate: certificate.toString() })
          store.audit.append('certificate brought in', { issuer: certificate.issuer.replaceAll('\n', ', ') }, about)
        }
      })
      return imports.retry(
        importId,
        signed.map(({ job }) => job.id)
      )
    }
  }
}
