// Before Start: how many computers of a draft wait for their hello, and what is missing to set them up with.
import { Link, MessageBar, MessageBarBody } from '@fluentui/react-components'
import { useEffect } from 'react'
import type { Draft } from '../../../shared/draft.ts'
import { onlyRemoves } from '../../../shared/profile/rules.ts'
import { advise } from '../../../shared/strategy.ts'
import { usePlace } from '../../placeStore.ts'
import { kindOf, useSetUp } from '../../setUpStore.ts'
import { counted } from '../../words.ts'

export function SetUpNotice({ draft }: { readonly draft: Draft }) {
  const { practice, counts, answers, profile } = draft
  const waits = counts.unprovisioned > 0 && advise(answers).route !== 'in-band' && !onlyRemoves(profile)
  const means = useSetUp((state) => state.means[kindOf(practice)])
  useEffect(() => {
    if (waits) void useSetUp.getState().read(practice)
  }, [waits, practice])
  if (!waits || means === undefined) return null
  const none = means.certificates.length === 0 && means.pairs.length === 0
  const blocked =
    means.pairs.length === 0 && means.certificates.every(({ findings }) => findings[0]?.severity === 'blocker')
  const who = counted(counts.unprovisioned, 'computer')
  return (
    <MessageBar intent={none || blocked ? 'error' : 'info'} layout="multiline" data-set-up={none ? 'missing' : 'there'}>
      <MessageBarBody>
        {none
          ? `${who} of the list are not provisioned and have to be set up from nothing. For that a provisioning certificate, or their PID and PPS, is missing: without one Start is not possible. `
          : blocked
            ? `${who} have to be set up from nothing, and no provisioning certificate here can be used any more. `
            : `${who} of the list are not provisioned: after Start each of them waits until it says hello, and is then set up from nothing. `}
        <Link inline onClick={() => void usePlace.getState().toOutOfBand()}>
          Out of band
        </Link>
      </MessageBarBody>
    </MessageBar>
  )
}
