// SPDX-License-Identifier: Apache-2.0
// Passkeys: asks the browser for one, and sends what it answers with the page's form. The form's data- attributes
// say what is asked for. Without a browser that knows passkeys the page stays as it is: it says so.
(() => {
  const form = document.querySelector('[data-passkey]');
  if (!form || !window.PublicKeyCredential) return;
  const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const encode = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const { passkey, challenge, user, name } = form.dataset;
  const failed = document.getElementById('passkey-failed');

  const create = () => navigator.credentials.create({
    publicKey: {
      challenge: decode(challenge),
      rp: { name: 'Cairn' },
      user: { id: new TextEncoder().encode(user), name, displayName: name },
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    },
  });
  const get = () => navigator.credentials.get({
    publicKey: { challenge: decode(challenge), userVerification: 'required' },
  });

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const { id, response } = await (passkey === 'create' ? create() : get());
      const data = passkey === 'create' ? response.getAuthenticatorData() : response.authenticatorData;
      const fields = { id, client_data: encode(response.clientDataJSON), authenticator_data: encode(data) };
      if (response.signature) fields.signature = encode(response.signature);
      for (const [field, value] of Object.entries(fields)) form.elements[field].value = value;
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
  document.getElementById('passkey-needs').hidden = true;
  form.hidden = false;
})();
