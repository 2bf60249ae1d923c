// A pack that was chosen: who signed it, its passphrase, what is in it; then it is taken in or put away.
import { Button, Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { PackContent, PackHead } from '../../../shared/contract/packs.ts'
import { useNotice } from '../../noticeStore.ts'
import { usePacks } from '../../packStore.ts'
import { counted, dateTime, size } from '../../words.ts'
import { Modal } from '../Modal.tsx'
import { ProblemStrip } from '../ProblemStrip.tsx'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '12px' },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    columnGap: '16px',
    rowGap: '4px',
    margin: 0
  },
  term: { color: tokens.colorNeutralForeground3 },
  fact: { margin: 0, overflowWrap: 'anywhere' },
  mono: { fontFamily: tokens.fontFamilyMonospace },
  list: { margin: 0, paddingLeft: '20px', overflowWrap: 'anywhere' }
})

function Facts({ head }: { readonly head: PackHead }) {
  const styles = useStyles()
  const { file, bytes, createdAt, signer } = head
  const facts: readonly (readonly [string, string])[] = [
    ['File', `${file}, ${size(bytes)}`],
    ['Saved', dateTime(createdAt)],
    ['Signed by', `${signer.name}${signer.known ? ', known here' : ', not known here yet'}`]
  ]
  return (
    <dl className={styles.facts}>
      {facts.map(([term, text]) => (
        <div key={term} style={{ display: 'contents' }}>
          <dt className={styles.term}>{term}</dt>
          <dd className={styles.fact}>{text}</dd>
        </div>
      ))}
      <dt className={styles.term}>Fingerprint</dt>
      <dd className={`${styles.fact} ${styles.mono}`}>{signer.fingerprint}</dd>
    </dl>
  )
}

function Contents({ head, content }: { readonly head: PackHead; readonly content: PackContent }) {
  const styles = useStyles()
  const { plans, profiles, secrets, results, entries } = content
  const more = [
    results > 0 && counted(results, 'result'),
    profiles > 0 && counted(profiles, 'named profile'),
    entries > 0 && counted(entries, 'audit entry', 'audit entries'),
    secrets > 0 ? counted(secrets, 'secret') : 'no secret'
  ].filter((words) => words !== false)
  return (
    <div data-pack-content>
      <ul className={styles.list}>
        {plans.map(({ id, name, computers, practice, here }) => (
          <li key={id}>
            {name}: {counted(computers, 'computer')}
            {practice ? ', practice' : ''}
            {head.kind === 'site' && here ? ' (here already, stays as it is)' : ''}
          </li>
        ))}
      </ul>
      <div>Beside that {more.join(', ')}.</div>
    </div>
  )
}

export function OpenDialog({ head, content }: { readonly head: PackHead; readonly content: PackContent | null }) {
  const styles = useStyles()
  const [passphrase, setPassphrase] = useState('')
  const [compared, setCompared] = useState(false)
  const [busy, setBusy] = useState(false)
  const { problem, dismiss } = useNotice()
  const { look, take, putAway } = usePacks.getState()
  const closed = content === null
  const ready = closed ? passphrase !== '' : head.signer.known || compared
  const submit = async (): Promise<void> => {
    if (!ready || busy) return
    setBusy(true)
    dismiss()
    await (closed ? look(passphrase) : take(compared))
    setPassphrase('')
    setBusy(false)
  }
  return (
    <Modal
      title={head.kind === 'site' ? 'A site pack' : 'A return pack'}
      onCancel={() => void putAway()}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button type="button" onClick={() => void putAway()}>
            Put it away
          </Button>
          <Button type="submit" appearance="primary" disabled={!ready || busy}>
            {closed ? 'Open it' : 'Take it in'}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        {problem !== null && <ProblemStrip problem={problem} assertive />}
        <Facts head={head} />
        {closed ? (
          head.lock === 'passphrase' && (
            <Field label="Passphrase" required>
              <Input
                type="password"
                autoComplete="off"
                autoFocus
                value={passphrase}
                onChange={(_, { value }) => setPassphrase(value)}
              />
            </Field>
          )
        ) : (
          <>
            <Contents head={head} content={content} />
            {!head.signer.known && (
              <Checkbox
                label={`I compared the fingerprint with the one that ${head.signer.name} shows. Its packs are trusted from now on.`}
                checked={compared}
                onChange={(_, { checked }) => setCompared(checked === true)}
              />
            )}
          </>
        )}
      </div>
    </Modal>
  )
}
