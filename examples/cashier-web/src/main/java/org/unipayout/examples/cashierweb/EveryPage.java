package org.unipayout.examples.cashierweb;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What every page shows: who is signed in, and the way to the same page in the other language. */
@ControllerAdvice
class EveryPage {
    @ModelAttribute("me")
    @Nullable Me me(@Nullable Authentication authentication) {
        return authentication == null ? null : Me.of(authentication);
    }

    @ModelAttribute("otherLanguage")
    String otherLanguage(HttpServletRequest request, Locale locale) {
        return ServletUriComponentsBuilder.fromRequest(request)
                .scheme(null)
                .host(null)
                .port(null)
                .replaceQueryParam("lang", locale.getLanguage().equals("ru") ? "en" : "ru")
                .build()
                .toUriString();
    }
}
