// Accounts: the Provisioning and Discovery Accounts in the order they are tried, and how many tries that means.
import { Button, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import {
  AddRegular,
  ArrowDownRegular,
  ArrowUpRegular,
  DeleteRegular,
  EditRegular,
  KeyRegular
} from '@fluentui/react-icons'
import { type KeyboardEvent, useState } from 'react'
import { tooManyAccounts } from '../../shared/draft.ts'
import { type Account, maxTries } from '../../shared/profile.ts'
import { asked } from '../bridge.ts'
import { useCurrentDraft, useDraft } from '../draftStore.ts'
import { useNotice } from '../noticeStore.ts'
import { AccountDialog, type Entered } from '../parts/AccountDialog.tsx'
import { Card } from '../parts/Card.tsx'
import { Title } from '../parts/Title.tsx'
import { Badge } from '../parts/tones.tsx'
import { withoutLogin } from '../words.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '6px 12px',
    padding: '8px 4px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ':first-child': { borderTop: 'none' }
  },
  place: {
    width: '24px',
    textAlign: 'right',
    fontVariantNumeric: 'tabular-nums',
    color: tokens.colorNeutralForeground3
  },
  name: { flexGrow: 1, flexBasis: '160px', minWidth: 0, overflowWrap: 'anywhere' },
  user: { fontFamily: tokens.fontFamilyMonospace, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  buttons: { display: 'flex', gap: '2px' },
  line: { margin: 0, lineHeight: tokens.lineHeightBase300 }
})

/** The list with one account moved by one place; the same list at its ends. */
function shifted(accounts: readonly Account[], from: number, by: 1 | -1): Account[] {
  const list = [...accounts]
  const [one] = list.splice(from, 1)
  const to = from + by
  if (one === undefined || to < 0 || to >= accounts.length) return [...accounts]
  list.splice(to, 0, one)
  return list
}

interface ItemProps {
  readonly account: Account
  readonly place: number
  readonly last: boolean
  onMove(by: 1 | -1): void
  onEdit(): void
  onRemove(): void
}

function AccountItem({ account, place, last, onMove, onEdit, onRemove }: ItemProps) {
  const styles = useStyles()
  const name = `account ${place + 1}, ${account.username}`
  const press = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined
    if (!event.altKey || by === undefined) return
    event.preventDefault()
    onMove(by)
  }
  return (
    <li className={styles.item} onKeyDown={press} data-account={account.id}>
      <span className={styles.place}>{place + 1}.</span>
      <div className={styles.name}>
        <div className={styles.user}>{account.username}</div>
        {account.description !== '' && <div className={styles.quiet}>{account.description}</div>}
      </div>
      {account.slot === undefined ? (
        <Badge tone="person" icon={<KeyRegular />}>
          No password yet
        </Badge>
      ) : (
        <Badge tone="quiet" icon={<KeyRegular />}>
          Password kept
        </Badge>
      )}
      <div className={styles.buttons}>
        <Button
          appearance="subtle"
          icon={<ArrowUpRegular />}
          aria-label={`Move up ${name}`}
          title="Alt+Up"
          disabledFocusable={place === 0}
          onClick={() => onMove(-1)}
        />
        <Button
          appearance="subtle"
          icon={<ArrowDownRegular />}
          aria-label={`Move down ${name}`}
          title="Alt+Down"
          disabledFocusable={last}
          onClick={() => onMove(1)}
        />
        <Button appearance="subtle" icon={<EditRegular />} aria-label={`Edit ${name}`} onClick={onEdit} />
        <Button appearance="subtle" icon={<DeleteRegular />} aria-label={`Remove ${name}`} onClick={onRemove} />
      </div>
    </li>
  )
}

/** How many logins one computer sees at most. */
function triesWords(accounts: number): string {
  if (accounts === 0) return 'No account is listed, so only the passwords of the rows themselves are tried.'
  const tries = Math.min(maxTries, accounts)
  const more = accounts >= maxTries ? '' : `, or ${Math.min(maxTries, accounts + 1)} where its row brings a password`
  return `That means at most ${tries} ${tries === 1 ? 'login' : 'logins'} on a computer in one run${more}.`
}

/** The first free "account-n". */
function freeId(taken: readonly string[]): string {
  let n = taken.length + 1
  while (taken.includes(`account-${n}`)) n += 1
  return `account-${n}`
}

/** Editing: an account of the list, or a new one. */
type Editing = { readonly account: Account | undefined } | undefined

export function AccountsPage() {
  const styles = useStyles()
  const draft = useCurrentDraft()
  const [editing, setEditing] = useState<Editing>()
  const { accounts } = draft
  const lacking = withoutLogin(draft)
  const keep = (list: readonly Account[]): void => useDraft.getState().change({ accounts: [...list] })
  const put = async ({ username, description, password }: Entered, before: Account | undefined): Promise<void> => {
    const secret =
      password === ''
        ? undefined
        : await asked('secret.keep', { draftId: draft.id, purpose: 'account', value: password })
    if (password !== '' && secret === undefined) return
    const slot = secret?.slot ?? before?.slot
    const id = before?.id ?? freeId(accounts.map((one) => one.id))
    const account: Account = { id, username, description, ...(slot !== undefined && { slot }) }
    keep(before ? accounts.map((one) => (one.id === id ? account : one)) : [...accounts, account])
    setEditing(undefined)
  }
  const move = (from: number, by: 1 | -1): void => {
    keep(shifted(accounts, from, by))
    useNotice.getState().say(`Moved to place ${from + by + 1} of ${accounts.length}.`)
  }
  return (
    <>
      <Title intro="Provisioning and Discovery Accounts: which logins may fit on these computers, in the order they are tried.">
        Accounts
      </Title>
      <Card>
        {lacking !== undefined && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody data-lacking>{lacking}</MessageBarBody>
          </MessageBar>
        )}
        {accounts.length === 0 ? (
          <p className={styles.line}>
            No account yet. Add one when the computers had an admin password of their own, or were only partially
            removed from the other solution.
          </p>
        ) : (
          <ol className={styles.list} aria-label="Accounts in the order they are tried">
            {accounts.map((account, place) => (
              <AccountItem
                key={account.id}
                account={account}
                place={place}
                last={place === accounts.length - 1}
                onMove={(by) => move(place, by)}
                onEdit={() => setEditing({ account })}
                onRemove={() => keep(accounts.filter((one) => one.id !== account.id))}
              />
            ))}
          </ol>
        )}
        <div>
          <Button
            icon={<AddRegular />}
            disabled={accounts.length >= 20}
            onClick={() => setEditing({ account: undefined })}
          >
            Add account
          </Button>
        </div>
      </Card>
      {tooManyAccounts(draft) && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            Only the first {maxTries} can be reached in one run (the first {maxTries - 1} where the row brings its own
            password). Put the likeliest on top.
          </MessageBarBody>
        </MessageBar>
      )}
      <Card title="How they are tried">
        <p className={styles.line}>
          On each computer the row’s own password comes first, then this list from the top.{' '}
          {triesWords(accounts.length)}
        </p>
        <p className={styles.line}>
          The firmware locks logins after 10 wrong ones, so the wizard stops at {maxTries} and asks you instead.
        </p>
      </Card>
      {editing !== undefined && (
        <AccountDialog
          account={editing.account}
          onDone={(entered) => void put(entered, editing.account)}
          onCancel={() => setEditing(undefined)}
        />
      )}
    </>
  )
}
