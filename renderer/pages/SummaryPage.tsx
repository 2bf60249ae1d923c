// Summary: every choice in a sentence, what will change on how many computers, what is missing, the point of no return.
import { Link, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import { checklistFor, routesInPlay } from '../../shared/checklist.ts'
import { type Draft, missing, type Page, pageTitles } from '../../shared/draft.ts'
import { onlyRemoves } from '../../shared/profile/rules.ts'
import { profileSentences } from '../../shared/profile/sentences.ts'
import type { Planning } from '../../shared/schedule/batch.ts'
import { plan } from '../../shared/schedule/plan.ts'
import { scheduleSentences } from '../../shared/schedule/words.ts'
import { advise, preventedWords, routesWords, routeTitles } from '../../shared/strategy.ts'
import { useCurrentDraft, useDraft } from '../draftStore.ts'
import { CanaryChoice } from '../parts/CanaryChoice.tsx'
import { Card } from '../parts/Card.tsx'
import { CheckCard } from '../parts/CheckCard.tsx'
import { SetUpNotice } from '../parts/outOfBand/SetUpNotice.tsx'
import { Title } from '../parts/Title.tsx'
import { usePlace } from '../placeStore.ts'
import { usePlanning } from '../planStore.ts'
import { counted, number, withoutLogin } from '../words.ts'

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%' },
  head: {
    textAlign: 'left',
    verticalAlign: 'top',
    padding: '7px 16px 7px 0',
    width: '170px',
    fontWeight: tokens.fontWeightRegular,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`
  },
  cell: {
    padding: '7px 0',
    verticalAlign: 'top',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere'
  },
  list: { margin: 0, paddingLeft: '20px', lineHeight: tokens.lineHeightBase400 },
  line: { margin: 0, lineHeight: tokens.lineHeightBase300 },
  gap: { marginBottom: '4px' }
})

function sourceWords(source: Draft['source']): string {
  if (source === null) return 'Nothing chosen yet.'
  return source.kind === 'single'
    ? 'One computer, typed in.'
    : `The computers come from the file ${source.name}: ${source.recognised.words}.`
}

/** The route, what the rows themselves can take, and how far the checklist is. */
function strategyWords({ answers, routes, checklist }: Draft): string {
  const { route } = advise(answers)
  const rows = routesWords(routes)
  const items = checklistFor(routesInPlay(route ?? null, routes), answers)
  const done = items.filter(({ id }) => checklist[id] !== undefined).length
  return [
    route === undefined ? 'The answers alone decide no route for all of them.' : `${routeTitles[route]}.`,
    ...(rows === '' ? [] : [`By the facts of each row: ${rows}.`]),
    ...(items.length === 0 ? [] : [`Of the checklist ${number(done)} of ${counted(items.length, 'step')} done.`])
  ].join(' ')
}

/** Each choice as the page it was made on, and a sentence. */
function sentences(draft: Draft, planning: Planning): readonly { page: Page; text: string }[] {
  const { source, counts, accounts, collection, schedule } = draft
  const aside = counts.leftOut === 0 ? '' : ` ${counted(counts.leftOut, 'computer')} left out.`
  return [
    { page: 'strategy', text: strategyWords(draft) },
    { page: 'source', text: sourceWords(source) },
    {
      page: source?.kind === 'single' ? 'single' : 'preview',
      text: `${counted(counts.ready, 'computer')} can be taken over.${aside}`
    },
    {
      page: 'accounts',
      text:
        accounts.length === 0
          ? (withoutLogin(draft) ?? 'Only the passwords of the rows themselves are tried.')
          : `The row’s own password is tried first, then ${counted(accounts.length, 'account')}: ${accounts.map((one) => one.description || one.username).join(', ')}.`
    },
    {
      page: 'profile',
      text: collection === '' ? 'No collection is named.' : `They belong to the collection ${collection}.`
    },
    {
      page: 'schedule',
      text: scheduleSentences(schedule, plan(schedule, counts.ready, planning), planning.offset).join(' ')
    }
  ]
}

/** What cannot be taken back once Start was pressed. */
function noReturn({ practice, profile }: Draft): string {
  if (practice)
    return 'This is the practice fleet: only pretend computers are changed, and you can practise again as often as you like.'
  const pause = 'You can pause or stop between two computers.'
  if (onlyRemoves(profile))
    return `After Start the provisioning is taken off the computers, and nobody can put it back from here. ${pause}`
  const back = 'What can be put back is listed with each computer afterwards.'
  return profile.password.kind === 'keep'
    ? `After Start the settings named above are changed on the computers themselves. ${pause} ${back}`
    : `After Start a computer gets its new admin password and the old one no longer works there. ${pause} ${back}`
}

function Missing({ draft, planning }: { readonly draft: Draft; readonly planning: Planning }) {
  const styles = useStyles()
  const items = missing(draft, planning)
  if (items.length === 0) return null
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <strong>Before Start this is still to do:</strong>
        <ul className={styles.list} aria-label="Still to do">
          {items.map(({ page, text }) => (
            <li key={`${page} ${text}`} data-missing={page}>
              {text}{' '}
              <Link inline onClick={() => useDraft.getState().goTo(page)}>
                {pageTitles[page]}
              </Link>
            </li>
          ))}
        </ul>
      </MessageBarBody>
    </MessageBar>
  )
}

export function SummaryPage() {
  const styles = useStyles()
  const draft = useCurrentDraft()
  const planning = usePlanning(draft.practice)
  const keychain = usePlace((state) => state.snapshot?.keychain)
  const computers = counted(draft.counts.ready, 'computer')
  const noKeychain = !draft.practice && keychain?.kind === 'none'
  return (
    <>
      <Title intro="Read it once more. Nothing has been changed on any computer so far.">Summary</Title>
      <Missing draft={draft} planning={planning} />
      <SetUpNotice draft={draft} />
      {noKeychain && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            Start is not possible: there is no keychain to keep the passwords in. {keychain?.words}
          </MessageBarBody>
        </MessageBar>
      )}
      <Card title="What you chose">
        <table className={styles.table}>
          <tbody>
            {sentences(draft, planning).map(({ page, text }) => (
              <tr key={`${page} ${text}`}>
                <th scope="row" className={styles.head}>
                  <Link onClick={() => useDraft.getState().goTo(page)}>{pageTitles[page]}</Link>
                </th>
                <td className={styles.cell}>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
      <Card title={`What will change on ${computers}`}>
        <ul className={styles.list}>
          {profileSentences(draft.profile).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
        <p className={styles.line}>
          Before anything is changed, each computer’s SMBIOS GUID is read and compared with its row. Where it differs,
          nothing is changed.
        </p>
      </Card>
      {draft.counts.prevented > 0 && (
        <Card title={`Automatic in-band provisioning is prevented: ${counted(draft.counts.prevented, 'computer')}`}>
          <p className={styles.line}>
            {preventedWords} To enable it here, for one or for all of them:{' '}
            <Link inline onClick={() => useDraft.getState().goTo('preview')}>
              {pageTitles.preview}
            </Link>
            .
          </p>
        </Card>
      )}
      <CheckCard />
      <CanaryChoice draft={draft} />
      <Card title="The point of no return">
        <p className={styles.line}>{noReturn(draft)}</p>
      </Card>
    </>
  )
}
