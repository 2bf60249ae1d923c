// Rows without a GUID whose devices can be asked for it: one login each, with the account that a person chooses.
import { Button, Link, makeStyles, Select, tokens } from '@fluentui/react-components'
import { FingerprintRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { AskOutput } from '../../../shared/contract.ts'
import type { Draft } from '../../../shared/draft.ts'
import { asked } from '../../bridge.ts'
import { useDraft } from '../../draftStore.ts'
import { useNotice } from '../../noticeStore.ts'
import { counted, number } from '../../words.ts'

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '6px 12px',
    padding: '6px 12px',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1
  },
  icon: { fontSize: '20px', flexShrink: 0, color: tokens.colorBrandForeground1 },
  words: {
    flexGrow: 1,
    flexBasis: '300px',
    minWidth: 0,
    lineHeight: tokens.lineHeightBase300,
    overflowWrap: 'anywhere'
  },
  account: { minWidth: 0, maxWidth: '240px' }
})

type ReadGuids = AskOutput<'guids.read'>

/** What came of it, causes by their number. */
function endWords({ asked: all, read, causes }: ReadGuids): string {
  const why = causes.map(({ title, count }) => `${title} (${number(count)})`).join(', ')
  return `${number(read)} of ${counted(all, 'device')} told its GUID.${why === '' ? '' : ` Not: ${why}.`}`
}

export function GuidBar({ draft, onRead }: { readonly draft: Draft; onRead(): Promise<void> }) {
  const styles = useStyles()
  const { id: draftId, counts, accounts } = draft
  const rows = counts.guidless
  const [accountId, setAccountId] = useState('')
  const [busy, setBusy] = useState(false)
  const [words, setWords] = useState('')
  const usable = accounts.filter(({ slot }) => slot !== undefined)
  const chosen = usable.find(({ id }) => id === accountId) ?? usable[0]
  if (rows === 0 && words === '') return null
  const read = async (): Promise<void> => {
    if (chosen === undefined) return
    setBusy(true)
    const answer = await asked('guids.read', { draftId, accountId: chosen.id })
    setBusy(false)
    if (answer === undefined) return
    useDraft.getState().take(answer.draft)
    await onRead()
    setWords(endWords(answer))
    useNotice.getState().say(endWords(answer))
  }
  return (
    <div className={styles.bar} data-guids={rows}>
      <FingerprintRegular className={styles.icon} aria-hidden />
      <div className={styles.words}>
        {words !== '' && `${words} `}
        {rows > 0 &&
          `${counted(rows, 'computer has', 'computers have')} no GUID. The devices tell it, with one login each.`}
        {rows > 0 && usable.length === 0 && (
          <>
            {' '}
            <Link onClick={() => useDraft.getState().goTo('accounts')}>Add an account first</Link>
          </>
        )}
      </div>
      {rows > 0 && usable.length > 0 && (
        <>
          <Select
            className={styles.account}
            aria-label="Account"
            value={chosen?.id ?? ''}
            disabled={busy}
            onChange={(_, { value }) => setAccountId(value)}
          >
            {usable.map(({ id, username, description }) => (
              <option key={id} value={id}>
                {description === '' ? username : `${username} (${description})`}
              </option>
            ))}
          </Select>
          <Button disabled={busy} onClick={() => void read()}>
            {busy ? 'Reading…' : 'Read it from the devices'}
          </Button>
        </>
      )}
    </div>
  )
}
