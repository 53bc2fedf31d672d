package org.unipayout.examples.cashierweb;

import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * The one who is signed in, as pages know them. A page only leaves out what {@link Access} would refuse.
 *
 * @param name the user's name
 * @param roles the names of the roles
 */
record Me(String name, Set<String> roles) {
    static Me of(Authentication authentication) {
        return new Me(
                authentication.getName(),
                authentication.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    public boolean may(String right) {
        return roles.contains("ROLE_" + right);
    }
}
