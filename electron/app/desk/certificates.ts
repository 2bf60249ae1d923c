// Certificates that a person chooses in a file.
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { longestCertificates } from '../../setup/certificateFile.ts'
import { allFiles, type Dialogs } from './dialogs.ts'

const certificateKinds = [{ name: 'Certificates', extensions: ['pem', 'cer', 'crt', 'der'] }, allFiles]

/** What is in the chosen file; null when none was chosen. Problem: certificate-unreadable when it is too big to be one. */
export async function readCertificates(dialogs: Dialogs): Promise<Result<Uint8Array | null>> {
  const file = await dialogs.read(certificateKinds)
  if (!file.ok || file.value === null) return file.ok ? ok(null) : file
  const { bytes } = file.value
  return bytes.length > longestCertificates
    ? fail('certificate-unreadable', { values: { why: 'The file is too big to be one of certificates.' } })
    : ok(bytes)
}
