// Only makes things nicer; every page works without it.
(function () {
  'use strict';

  // Drafts live as long as the tab, so that a shared phone does not keep what someone wrote.
  var store;
  try { store = window.sessionStorage; } catch (e) { store = null; }
  var name = 'draft ' + location.pathname;

  function kept(form) {
    return Array.prototype.filter.call(form.elements, function (f) { return f.name && f.type !== 'hidden' && f.type !== 'file'; });
  }

  function save(form) {
    var values = kept(form).map(function (f) { return f.type === 'radio' || f.type === 'checkbox' ? f.checked : f.value; });
    try { store.setItem(name, JSON.stringify(values)); } catch (e) { /* A full store costs the draft only. */ }
  }

  function restore(form) {
    var values = JSON.parse(store.getItem(name) || 'null');
    if (!values) return;
    kept(form).forEach(function (f, i) {
      if (f.type === 'radio' || f.type === 'checkbox') f.checked = values[i] === true;
      else if (typeof values[i] === 'string') f.value = values[i];
    });
  }

  function guard(form) {
    form.addEventListener('submit', function (event) {
      if (navigator.onLine !== false) return;
      event.preventDefault();
      var said = form.querySelector('.offline');
      if (!said) {
        said = document.createElement('p');
        said.className = 'offline';
        said.setAttribute('role', 'alert');
        var submit = form.querySelector('.submit');
        submit.insertBefore(said, submit.firstChild);
      }
      said.textContent = form.getAttribute('data-offline');
    });
  }

  var form = document.querySelector('form[data-draft]');
  if (form) {
    guard(form);
    if (store) {
      // After a refusal the server shows what was typed.
      if (form.getAttribute('data-draft') === 'keep') restore(form);
      form.addEventListener('input', function () { save(form); });
      form.addEventListener('change', function () { save(form); });
    }
  }

  if (store && document.querySelector('[data-draft-done]')) {
    Object.keys(store).forEach(function (key) { if (key.indexOf('draft ') === 0) store.removeItem(key); });
  }

  var code = document.querySelector('[data-copy]');
  if (code && navigator.clipboard) {
    var text = document.getElementById('case-number').textContent + ' ' + code.textContent;
    var button = document.createElement('button');
    button.type = 'button';
    button.textContent = code.getAttribute('data-copy');
    button.addEventListener('click', function () {
      navigator.clipboard.writeText(text).then(function () { button.textContent = code.getAttribute('data-copied'); });
    });
    button.className = 'copy';
    var list = code.parentNode.parentNode;
    list.parentNode.insertBefore(button, list.nextSibling);
  }
})();
