import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import type { UpdateAddressResult } from '../../../shared/ipc/commands/updates';
import type { ShownSettings } from '../../../shared/ipc/snapshot';
import { ADDRESS_MAX } from '../../../shared/limits';
import { text } from '../../i18n/text';
import { Field } from '../Field';

/** Where later versions come from. It counts when its button is pressed: half an address is of no use. */
export function UpdateAddress({ settings }: { settings: ShownSettings }) {
  const field = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string>();
  const { updateUrl } = settings;
  useEffect(() => {
    if (field.current !== null) field.current.value = updateUrl;
  }, [updateUrl]);
  const locked = settings.locked.includes('updateUrl');
  const hint = locked
    ? text('settings.locked')
    : settings.overridden.includes('updateUrl')
      ? text('settings.overridden')
      : text('updates.address.hint');
  const use = async (event: SubmitEvent) => {
    event.preventDefault();
    const result = await window.parley.send('updates/address', { url: field.current?.value ?? '' });
    setFault(faultText(result));
  };
  return (
    <form className="update-address" noValidate onSubmit={(event) => void use(event)}>
      <Field
        ref={field}
        name="updateUrl"
        label={text('updates.address')}
        hint={hint}
        fault={fault}
        value={updateUrl}
        readOnly={locked}
        maxLength={ADDRESS_MAX}
      />
      {!locked && (
        <button type="submit" className="outlined">
          {text('updates.address.use')}
        </button>
      )}
    </form>
  );
}

function faultText(result: UpdateAddressResult): string | undefined {
  if (result.ok) return undefined;
  return result.fault === 'file'
    ? text('settings.fault.file', { detail: result.detail })
    : text(`updates.address.${result.fault}`);
}
