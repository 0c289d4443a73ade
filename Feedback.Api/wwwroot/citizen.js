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

  // A phone's photo is often larger than what is taken. It is made smaller here, to the size in which it is kept anyway, and travels
  // faster for it. What cannot be made smaller goes as it is, and the server says what is wrong with it.
  function smaller(file, side) {
    return createImageBitmap(file, { imageOrientation: 'from-image' }).then(function (picture) {
      var ratio = Math.min(1, side / Math.max(picture.width, picture.height));
      var canvas = document.createElement('canvas');
      canvas.width = Math.round(picture.width * ratio);
      canvas.height = Math.round(picture.height * ratio);
      var paper = canvas.getContext('2d');
      paper.fillStyle = '#fff';
      paper.fillRect(0, 0, canvas.width, canvas.height);
      paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      return new Promise(function (done) { canvas.toBlob(done, 'image/jpeg', 0.85); });
    }).then(function (blob) {
      return blob && blob.size < file.size ? new File([blob], file.name, { type: 'image/jpeg' }) : file;
    }).catch(function () { return file; });
  }

  function shrinkBeforeSending(input) {
    var working = null;
    var awaited = false;

    input.addEventListener('change', function () {
      var chosen = Array.prototype.slice.call(input.files);
      var fitting = new DataTransfer();
      // One after the other: unpacked, each of them takes fifty megabytes.
      var work = working = chosen.reduce(function (before, file) {
        return before.then(function () {
          return file.size > input.getAttribute('data-shrink-above') ? smaller(file, input.getAttribute('data-longest-side')) : file;
        }).then(function (fit) { fitting.items.add(fit); });
      }, Promise.resolve()).then(function () {
        // Meanwhile others may have been chosen.
        if (work !== working) return;
        input.files = fitting.files;
        working = null;
      });
    });

    input.form.addEventListener('submit', function (event) {
      if (!working || event.defaultPrevented) return;
      event.preventDefault();
      if (awaited) return;
      awaited = true;
      (function whenReady() {
        if (working) return working.then(whenReady);
        awaited = false;
        input.form.requestSubmit(event.submitter);
      })();
    });
  }

  var pictures = document.querySelector('input[data-shrink-above]');
  if (pictures && window.createImageBitmap && window.DataTransfer && pictures.form.requestSubmit) shrinkBeforeSending(pictures);

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
