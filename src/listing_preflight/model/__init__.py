"""The ground floor: frozen values that every stage speaks in; standard library only."""
